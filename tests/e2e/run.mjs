// End to end in a real browser: node tests/e2e/run.mjs PROGRAM (or ZHENWU=PROGRAM). Exit 0 all passed, 1 something failed, 77 skipped.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AccessWalk } from './access_walk.mjs'
import { Browser, chromiumPath } from './browser.mjs'
import { Checks } from './checks.mjs'
import { EdgeWalk } from './edge_walk.mjs'
import { FigureWalk } from './figure_walk.mjs'
import { LedgerWalk } from './ledger_walk.mjs'
import { ReportWalk } from './report_walk.mjs'
import { booksFolder, Town } from './town.mjs'

const kSkipped = 77
const kFirstPage = 400 * 1024
const kDesk = { width: 1366, height: 768 }
const kPhone = { width: 390, height: 844 }
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const shots = join(root, 'build/e2e')

function skip(why) {
  console.log(`skipped: ${why}`)
  process.exit(kSkipped)
}

const program = process.argv[2] ?? process.env.ZHENWU
if (!program) {
  console.error('which program? node tests/e2e/run.mjs build/zhenwu')
  process.exit(2)
}
const books = booksFolder(root)
if (!chromiumPath()) skip('no Chromium (apt install chromium)')
if (!books) skip('no workbooks of a town (examples/town)')

// Right answers that stand beside the books, where they do.
const answers = ['expected.json', 'answers.json'].map((name) => join(books, name)).find(existsSync)
const expected = answers ? (JSON.parse(readFileSync(answers, 'utf8')).figures ?? {}) : {}

function latestYear() {
  return (
    Object.keys(expected)
      .filter((year) => /^\d{4}$/.test(year))
      .sort()
      .pop() ?? '2023'
  )
}

const checks = new Checks()
const town = new Town(resolve(program), books)
const browser = new Browser(root, checks)
const period = process.env.ZHENWU_PERIOD ?? latestYear()
// One page, walked by each kind of `walks` in turn.
const walkOn = async (origin, look, ...walks) => {
  const page = await browser.open(origin, look)
  return walks.map((Kind) => new Kind({ origin, page, browser, checks, shots, period }))
}

async function emptyTown() {
  const origin = await town.serve()
  const [walk] = await walkOn(origin, kDesk, EdgeWalk)
  await checks.step('empty town', () => walk.emptyTown())
  await walk.page.context().close()
  await town.stop()
}

async function beforeSupplement() {
  const origin = await town.serve()
  const [walk] = await walkOn(origin, kDesk, ReportWalk)
  await checks.step('before the supplement', async () => {
    await walk.readsReport('before the supplement')
    const seen = await walk.sideSaysWhatIsMissing('before the supplement')
    checks.that('before the supplement: somebody is late', seen.late > 0 && seen.blocking > 0, seen)
    await walk.shot('report-partial')
  })
  await walk.page.context().close()
  await town.stop()
}

async function onDesk(origin) {
  const [report, figures, ledgers, edges] = await walkOn(
    origin,
    kDesk,
    ReportWalk,
    FigureWalk,
    LedgerWalk,
    EdgeWalk,
  )
  await checks.step('first page', () => report.weighsFirstPage(kFirstPage))
  await checks.step('report', async () => {
    await report.readsReport('report')
    await report.sideSaysWhatIsMissing('report')
    await report.showsNoIds('report')
    await report.isAccessible('report')
    await report.shot('report')
    await report.shot('report-whole', true)
  })
  const right = expected[period]?.town?.vegetable_output_t
  await checks.step('figure', () => figures.opensFigure('vegetable_output_t', right?.value ?? right))
  await checks.step('months', () => figures.opensMonths('cattle_out_of_pen'))
  await checks.step('figures', () => figures.showsFigures())
  await checks.step('ledgers', () => ledgers.showsLedgers())
  await checks.step('keyboard', () => report.byKeyboard())
  await checks.step('print', () => report.prints())
  await checks.step('axe', () => edges.axeFindsFaults())
  await checks.step('errors', () => edges.whatGoesWrong())
}

async function onOther(origin, name, look) {
  const [walk] = await walkOn(origin, look, ReportWalk)
  await checks.step(name, async () => {
    await walk.readsReport(name)
    await walk.shot(`report-${name}`)
    await walk.page.locator('.paper .figure').first().click()
    await walk.page.waitForSelector('.panel .sources, .panel .big')
    await walk.shot(`panel-${name}`)
    await walk.isAccessible(`${name}: a figure`)
    for (const place of ['figures', 'ledgers', 'ledgers/greenhouse']) {
      await walk.go(`/${place}?period=${period}`)
      await walk.page.waitForSelector('table tbody tr')
      await walk.fits(`${name}: ${place}`)
      await walk.isAccessible(`${name}: ${place}`)
      await walk.shot(`${place.replace('/', '-')}-${name}`)
    }
  })
}

// The last walk: from then on the town has users.
async function withUsers(origin) {
  const [leader] = await walkOn(origin, kDesk, AccessWalk)
  await checks.step('first start', () => leader.firstStart())
  await checks.step('people invited', () => leader.invites())
  const [clerk] = await walkOn(origin, kDesk, AccessWalk)
  await checks.step('clerk', () => clerk.clerkComesIn(leader))
  await checks.step('not theirs', () => clerk.clerkGoesAfterOthers(leader))
  await checks.step('session ends', () => clerk.sessionEnds(leader))
  await checks.step('signs out', () => clerk.signsOut())
  const [phone] = await walkOn(origin, { ...kPhone, dark: true }, AccessWalk)
  await checks.step('users on a phone', () => phone.leaderOnPhone())
}

try {
  town.make()
  await emptyTown()
  town.import(false)
  if (town.hasSupplement()) await beforeSupplement()
  town.import(true)
  const origin = await town.serve()
  await onDesk(origin)
  await onOther(origin, 'phone', kPhone)
  await onOther(origin, 'dark', { ...kDesk, dark: true })
  await onOther(origin, 'phone-dark', { ...kPhone, dark: true })
  await withUsers(origin)
} catch (error) {
  checks.that('the walk', false, String(error.message ?? error))
} finally {
  await browser.close()
  await town.remove()
}
console.log(`${checks.passed} passed, ${checks.failed} failed`)
process.exit(checks.failed ? 1 : 0)
