// Figures, the report, its editions.
import { kPeriod } from './town.mjs'

const kIndicator = 'planted_vegetable_output_t'

export async function figures({ office }) {
  const query = { period: kPeriod }
  const all = await office.told('figures', { query })
  await office.refused('figures', 'bad_request')
  const derived = all.find((one) => one.derived)
  await office.told('figure', { path: { indicator: derived.id }, query })
  const path = { indicator: kIndicator }
  await office.told('figure', { path, query })
  await office.told('figure', { path, query: { ...query, place: 'itself' } })
  await office.refused('figure', 'not_found', {
    path: { indicator: 'no_such' },
    query,
  })
  await office.told('figureRows', { path, query })
  await office.refused('figureRows', 'bad_request', {
    path,
    query: { ...query, after: 'x' },
  })
  await office.get('figureSheet', { path, query })
  await office.refused('figureSheet', 'not_found', {
    path,
    query: { ...query, place: '没有村' },
  })
  const entered = {
    kind: 'adopted',
    value: '2345.6',
    organ: '县统计局',
    document: '县统〔2024〕3号',
    reason: '衔接数',
  }
  await office.told('enterFigure', { path, query, key: 'entered', body: entered })
  await office.refused('enterFigure', 'not_a_number', {
    path,
    query,
    key: 'many',
    body: { ...entered, value: '很多' },
  })
  await office.told('entries')
  await office.told('entries', { query })
  await office.refused('entries', 'bad_request', { query: { period: '去年' } })
}

async function written(office, edition) {
  const path = { edition }
  const before = await office.told('paragraphs', { path })
  const last = before.at(-1)
  const one = {
    chapter: last.chapter,
    after: last.id,
    style: 'body',
    text: '新的一段。',
  }
  const added = await office.told('addParagraph', { path, body: one, key: 'one-paragraph' })
  await office.refused('addParagraph', 'bad_request', { path, body: {}, key: 'another' })
  await office.refused('addParagraph', 'header_missing', { path, body: one })
  await office.refused('paragraphs', 'not_found', { path: { edition: '999' } })
  const at = { path: { edition, id: added.id } }
  const edited = await office.told('editParagraph', {
    ...at,
    version: added.version,
    body: { text: '改过的一段。' },
  })
  await office.refused('editParagraph', 'stale_version', {
    ...at,
    version: added.version,
    body: { text: '晚了。' },
  })
  await office.told('paragraphHistory', at)
  await office.refused('paragraphHistory', 'not_found', {
    path: { edition: '999', id: added.id },
  })
  await office.refused('removeParagraph', 'header_missing', at)
  await office.told('removeParagraph', { ...at, version: edited.version })
  return before
}

// Sent out, then text and a figure change: what comes back differs in both.
async function comesBack(office, report, edition, first) {
  const query = { period: kPeriod }
  const file = await office.get('reportFile', {
    path: { report },
    query: { ...query, format: 'docx' },
  })
  await office.get('reportFile', {
    path: { report },
    query: { ...query, format: 'html' },
  })
  await office.refused('reportFile', 'bad_request', {
    path: { report },
    query: { ...query, format: 'odt' },
  })
  const text = `${first.text}后来加的。`
  await office.told('editParagraph', {
    path: { edition, id: first.id },
    version: first.version,
    body: { text },
  })
  const values = {
    year: kPeriod,
    open_area: '100',
    arable: '300',
    chuan: '200',
  }
  const body = { place: '东村', values }
  await office.told('create', {
    path: { record: 'vegetable_return' },
    key: 'report-1',
    body,
  })
  const path = { edition, name: '返.docx' }
  await office.told('returned', { path, bytes: file.bytes })
  const { seen } = await office.told('returned', { path, bytes: file.bytes })
  await office.told('returned', {
    path,
    bytes: file.bytes,
    query: { take_over: '0', seen },
  })
  await office.refused('returned', 'comparison_changed', {
    path,
    bytes: file.bytes,
    query: { take_over: '0', seen },
  })
  await office.refused('returned', 'not_found', {
    path: { ...path, edition: '999' },
    bytes: file.bytes,
  })
}

// A figure is right, another is asked about.
async function checked(office, edition) {
  const path = { edition }
  const { lines } = await office.told('checks', { path })
  const slots = lines.flatMap((line) => line.figures.map((one) => one.slot))
  await office.told('sayOfFigures', { path, body: { slots: [slots[0]], state: 'confirmed' } })
  const body = { slots: [slots[1]], state: 'disputed' }
  await office.refused('sayOfFigures', 'reason_needed', { path, body })
  await office.told('sayOfFigures', { path, body: { ...body, word: '少了一个村' } })
  await office.refused('checks', 'not_found', { path: { edition: '999' } })
}

export async function reports({ leader, office }) {
  const report = (await office.told('town')).reports[0].id
  const query = { period: kPeriod }
  await office.told('report', { path: { report }, query })
  await office.refused('report', 'report_period', {
    path: { report },
    query: { period: '2023Q4' },
  })
  const { edition } = await office.told('draft', {
    path: { report },
    key: 'draft',
    query,
    body: {},
  })
  await office.refused('draft', 'bad_request', {
    path: { report },
    key: 'another',
    query: { period: '去年' },
    body: {},
  })
  const [first] = await written(office, edition)
  await comesBack(office, report, edition, first)
  await checked(office, edition)
  const path = { edition }
  await leader.refused('seal', 'report_not_ready', { path, body: {} })
  await leader.refused('verify', 'edition_open', { path })
  const { slots } = await leader.told('report', { path: { report }, query })
  const open = slots.filter((slot) => slot.blocks).map((slot) => [slot.id, '数字在核，先行上报'])
  await leader.told('seal', {
    path,
    body: { waivers: Object.fromEntries(open) },
  })
  await leader.told('verify', { path })
  const next = await office.told('draft', { path: { report }, query, key: 'next', body: { from_edition: String(edition) } })
  await office.told('changes', { path: { edition: next.edition }, query: { since: edition } })
  await office.refused('changes', 'not_found', { path, query: { since: 99 } })
  await leader.told('editions', { path: { report }, query })
  await leader.refused('editions', 'bad_request', { path: { report } })
  await leader.told('report', { path: { report }, query: { edition } })
}
