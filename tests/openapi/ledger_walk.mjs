// Rows: read, written, taken back; returns.
import { kEast, kPeriod, kWest } from './town.mjs'

let keys = 0
const newKey = () => `key-${++keys}`
const plot = (code, place, more = {}) => ({
  place,
  values: { code, name: '河湾', holder: '欧阳甲', mu: '1,000.5', ...more },
})

async function writes(office) {
  const record = 'plot'
  const first = { path: { record }, key: newKey(), body: plot('A1', kEast) }
  const made = await office.told('create', first)
  await office.refused('create', 'key_reused', {
    ...first,
    body: plot('A2', kEast),
  })
  const wrong = plot('A3', kEast, { mu: '很多' })
  const refused = await office.refused('create', 'refused', {
    path: { record },
    key: newKey(),
    body: wrong,
  })
  office.checks.that('a refused row has its findings', refused.findings?.length > 0, refused)
  const { id, version } = made
  const at = { path: { record, id } }
  const now = await office.told('change', {
    ...at,
    version,
    body: { values: { mu: '900' }, why: '重新丈量' },
  })
  const late = await office.refused('change', 'stale_version', {
    ...at,
    version,
    body: { values: { mu: '800' } },
  })
  office.checks.that(
    'a late write is told both values',
    late.current?.id === id && late.yours?.mu === '800',
    late,
  )
  const back = await office.told('revert', {
    ...at,
    version: now.version,
    body: { to: version },
  })
  await office.refused('revert', 'bad_request', {
    ...at,
    version: back.version,
    body: { to: '99' },
  })
  await office.refused('delete', 'header_missing', at)
  await office.refused('restore', 'record_not_deleted', at)
  await office.told('delete', {
    ...at,
    version: back.version,
    query: { why: '重复' },
  })
  await office.told('rows', { path: { record }, query: { deleted: '1' } })
  await office.told('row', at)
  await office.told('restore', at)
  await office.told('check', {
    path: { record },
    body: { place: kEast, values: { name: '没有编码' } },
  })
  await office.refused('check', 'not_found', {
    path: { record: 'no_such' },
    body: {},
  })
  await office.told('reveal', {
    ...at,
    body: { field: 'holder', why: '核对' },
  })
  await office.refused('reveal', 'reason_needed', {
    ...at,
    body: { field: 'holder' },
  })
  return id
}

async function writesMany(office) {
  const path = { record: 'plot' }
  const rows = [plot('B1', kWest), plot('B2', '南村'), plot('B3', kWest, { mu: '' }), plot('A1', kEast)]
  await office.told('bulk', { path, query: { dry_run: '1' }, body: rows })
  await office.refused('bulk', 'header_missing', { path, body: rows })
  const { batch } = await office.told('bulk', {
    path,
    key: newKey(),
    query: { why: '补录' },
    body: rows,
  })
  await office.told('undoBatch', {
    path: { id: batch },
    query: { why: '录错了' },
  })
  await office.refused('undoBatch', 'batch_undone', { path: { id: batch } })
  await office.told('bulk', { path, key: newKey(), body: rows })
}

async function plants(office) {
  const path = { record: 'planting' }
  for (const [place, code] of [
    [kEast, 'A1'],
    [kWest, 'B1'],
  ]) {
    const values = {
      plot: code,
      year: kPeriod,
      season: '春播',
      crop: '辣椒',
      sown: '200',
      yield: '4000',
      on: '2023年5月',
    }
    await office.told('create', {
      path,
      key: newKey(),
      body: { place, values },
    })
  }
  // Of the village that has ended since, known to the month.
  const shed = {
    holder: '欧阳乙',
    id_number: '990101198001010014',
    kind: '钢架大棚',
    occupied: '1',
    built_on: '2022-05-01',
  }
  const body = {
    place: '南村',
    values: shed,
    precision: { built_on: 'month' },
  }
  await office.told('create', {
    path: { record: 'greenhouse' },
    key: newKey(),
    body,
  })
  const aim = {
    indicator: 'planted_vegetable_output_t',
    year: kPeriod,
    value: '2000',
    due: '2023-12-31',
    document: '县农发〔2023〕1号',
  }
  await office.told('create', {
    path: { record: 'target' },
    key: newKey(),
    body: { place: '镇本级', values: aim },
  })
}

async function reads(office, id) {
  await office.told('town')
  await office.told('recordTypes')
  const path = { record: 'plot' }
  const query = {
    filter: 'mu > 0',
    'contains.name': '河',
    sort: '-mu,code',
    limit: 1,
    place: kWest,
  }
  await office.told('rows', { path, query })
  await office.told('rows', {
    path: { record: 'planting' },
    query: { limit: 1, count: '0', skip: 1 },
  })
  const page = await office.told('rows', { path, query: { limit: 1 } })
  await office.told('rows', { path, query: { limit: 1, after: page.next } })
  await office.refused('rows', 'not_found', { path: { record: 'no_such' } })
  await office.told('row', { path: { record: 'plot', id } })
  await office.refused('row', 'not_found', {
    path: { record: 'plot', id: '99999' },
  })
  await office.told('lookup', { path, query: { text: '河', place: kEast } })
  await office.refused('lookup', 'not_found', { path: { record: 'no_such' } })
}

async function returns(office) {
  const query = { period: kPeriod }
  const all = await office.told('returns', { query })
  await office.refused('returns', 'bad_request', { query: { period: '去年' } })
  const owed = all.find((one) => one.every === 'year' && one.missing.length)
  const path = { record: owed.record }
  const of = { ...query, place: owed.missing[0].code }
  await office.told('giveReturn', {
    path,
    query: of,
    body: { what: 'zero', why: '没有' },
  })
  await office.refused('giveReturn', 'not_reported_type', {
    path: { record: 'plot' },
    query: of,
    body: { what: 'zero' },
  })
  await office.told('withdrawReturn', { path, query: { ...of, why: '有了' } })
  await office.refused('withdrawReturn', 'reason_needed', {
    path: { record: 'planting' },
    query: { ...query, place: kEast },
  })
}

export async function ledgers({ office }) {
  const id = await writes(office)
  await writesMany(office)
  await plants(office)
  await reads(office, id)
  await returns(office)
}
