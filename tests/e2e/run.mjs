// End to end in a real browser: node tests/e2e/run.mjs PROGRAM (or ZHENWU=PROGRAM). Exit 0 all passed, 1 something failed, 77 skipped.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AccessWalk } from './access_walk.mjs'
import { Browser, chromiumPath } from './browser.mjs'
import { Checks } from './checks.mjs'
import { DeskWalk, kSigner, kWriter } from './desk_walk.mjs'
import { EditWalk, kPerson } from './edit_walk.mjs'
import { EdgeWalk } from './edge_walk.mjs'
import { FigureWalk } from './figure_walk.mjs'
import { FirstWalk } from './first_walk.mjs'
import { FormWalk, kFormWriter } from './form_walk.mjs'
import { ImportWalk } from './import_walk.mjs'
import { LedgerWalk } from './ledger_walk.mjs'
import { ReportWalk } from './report_walk.mjs'
import { kOffice, kVillage, ReturnsWalk } from './returns_walk.mjs'
import { kClerk, kLeader, kWriter as kStoryWriter, StoryWalk } from './story_walk.mjs'
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
const answered = answers ? JSON.parse(readFileSync(answers, 'utf8')) : {}
const expected = answered.figures ?? {}

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
checks.onThrow = (name) => browser.snap(shots, name)
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
    for (const place of ['figures', 'returns', 'ledgers', 'ledgers/greenhouse']) {
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

// The office looks who has returned what; a clerk has their own page.
async function reportDesk(origin) {
  const [writer] = await walkOn(origin, kDesk, DeskWalk)
  await checks.step('report desk: written', async () => {
    await writer.comesIn(kWriter, town.invite(kWriter.login, 'office'))
    await writer.opens()
    await writer.writes()
  })
  await checks.step('report desk: kept', () => writer.keepsWhatWasTyped())
  await checks.step('report desk: compared', async () => writer.takesOver(await writer.compares()))
  const [signer] = await walkOn(origin, kDesk, DeskWalk)
  await checks.step('report desk: sealed', async () => {
    await signer.comesIn(kSigner, town.invite(kSigner.login, 'leader'))
    await signer.opens()
    await signer.seals()
  })
  await checks.step('report desk: two editions', async () => {
    await writer.opens()
    await writer.comparesEditions()
    await writer.beginsFromLastYear()
  })
}

// Last year's table of the villages comes back as a form to fill.
async function forms(origin) {
  const blank = join(town.home, '去年的表.xlsx')
  town.run('export', town.folder, 'vegetable_return', blank, '--where', `year = '${period}'`)
  const [walk] = await walkOn(origin, kDesk, FormWalk)
  await walk.comesIn(kFormWriter, town.invite(kFormWriter.login, 'office'))
  await checks.step('forms: laid in', () => walk.laysIn(readFileSync(blank)))
  await checks.step('forms: a column', () => walk.tiesColumn())
  await checks.step('forms: by keyboard', () => walk.byKeyboard())
  await checks.step('forms: a list, words', () => walk.tiesListAndWords())
  await checks.step('forms: kept', () => walk.keeps())
  const [phone] = await walkOn(origin, { ...kPhone, dark: true }, FormWalk)
  await phone.comesIn(kFormWriter)
  await checks.step('forms: on a phone', () => phone.onPhone(walk.id))
}

async function returns(origin) {
  const [office] = await walkOn(origin, kDesk, ReturnsWalk)
  await checks.step('returns: office', () => office.comesIn(kOffice, town.invite(kOffice.login, 'office')))
  await checks.step('returns: matrix', () => office.showsMatrix())
  await checks.step('returns: by line', () => office.looksByLine())
  await checks.step('returns: narrowed', () => office.narrows())
  await checks.step('returns: zero', () => office.saysZero())
  await checks.step('returns: withdrawn', () => office.withdraws())
  await checks.step('returns: ledger', () => office.opensLedger())
  await checks.step('returns: entered', () => office.enters())
  await checks.step('months', () => office.showsMonths('cattle_out_of_pen'))
  await checks.step('figure entered', () => office.entersFigure('vegetable_output_t'))
  const village = (await office.get('/town')).villages[2].code
  const once = town.invite(kVillage.login, 'village_clerk', '--place', village)
  const [clerk] = await walkOn(origin, kDesk, ReturnsWalk)
  await checks.step('returns: clerk', async () => {
    await clerk.comesIn(kVillage, once)
    await clerk.clerksPage('clerk')
    await clerk.clerkSaysZero()
  })
  const [phone] = await walkOn(origin, kPhone, ReturnsWalk)
  await checks.step('returns: on a phone', async () => {
    await phone.comesIn(kOffice)
    await phone.onPhone()
    await phone.showsMonths('cattle_out_of_pen')
  })
  const [pocket] = await walkOn(origin, { ...kPhone, dark: true }, ReturnsWalk)
  await checks.step('returns: clerk on a phone', async () => {
    await pocket.comesIn(kVillage)
    await pocket.clerksPage('clerk on a phone')
  })
}

// Last: from the first user on nobody reads without signing in.
async function edits(origin) {
  const [mine] = await walkOn(origin, kDesk, EditWalk)
  const [other] = await walkOn(origin, kDesk, EditWalk)
  await checks.step('edit: sign in', async () => {
    const said = town.run(
      'user',
      'add',
      town.folder,
      kPerson.login,
      '--name',
      kPerson.name,
      '--role',
      'office',
      '--why',
      '新任',
    )
    await mine.signIn(/\w{4}-\w{4}-\w{4}/.exec(said)?.[0])
    await other.signIn()
    for (const walk of [mine, other]) {
      await walk.opens()
      await walk.choosesColumns()
    }
  })
  await checks.step('edit: compose', () => mine.composesInCell())
  await checks.step('edit: keys', () => mine.movesByKeys())
  await checks.step('edit: list', () => mine.choosesFromList())
  await checks.step('edit: refused', () => mine.refusesAtCell())
  await checks.step('edit: undo', () => mine.undoes())
  await other.page.reload()
  await other.page.waitForSelector('table.grid tbody tr')
  await checks.step('edit: conflict', () => mine.settlesConflict(other))
  await checks.step('edit: paste', () => mine.pastes())
  await checks.step('edit: new record', () => mine.addsRecord())
  await checks.step('edit: the browser dies', () => mine.outlivesTheBrowser())
  await checks.step('edit: delete', () => mine.deletesAndRestores())
  await checks.step('edit: history', () => mine.readsHistory())
}

// An empty town of its own, with somebody from the office who drags the books in.
async function importDesk(empty) {
  if (!answered.files) return
  empty.make()
  const once = empty.invite('daoru', 'office')
  const origin = await empty.serve()
  const [walk] = await walkOn(origin, kDesk, ImportWalk)
  walk.expects(empty.files(false), answered)
  await checks.step('import: signs in', () => walk.comesIn(once))
  await checks.step('import: empty', () => walk.isEmpty('desk'))
  await checks.step('import: no workbook', () => walk.whatIsNoWorkbook())
  await checks.step('import: dragged in', () => walk.dragsTheBooks())
  await checks.step('import: sheets', () => walk.showsEverySheet())
  await checks.step('import: refusals', () => walk.showsEveryRefusal())
  await checks.step('import: decisions', () => walk.changesDecisions())
  await checks.step('import: done', () => walk.imports())
  await checks.step('import: undone', () => walk.undoes())
  const [phone] = await walkOn(origin, { ...kPhone, dark: true }, ImportWalk)
  phone.expects(empty.files(false), answered)
  await checks.step('import: phone', async () => {
    await phone.comesAgain()
    await phone.isEmpty('phone')
    await phone.onPhone()
  })
}

// A folder that is not there yet: the page makes the town.
async function firstStart(nothing) {
  const origin = await nothing.serve()
  const [walk] = await walkOn(origin, kDesk, FirstWalk)
  walk.expects(join(books, 'settings.json'))
  await checks.step('first start: from the list', () => walk.choosesFromList())
  await checks.step('first start: from a file', () => walk.saysWhatIsWrong())
  await checks.step('first start: made', () => walk.makesTown())
  await checks.step('first start: settings', () => walk.changesSettings())
  await checks.step('first start: on a phone', () => walk.onPhone())
  if (answered.files && walks('story')) await story(origin, nothing)
}

// The town that was just made by mouse goes on to its sealed report.
async function story(origin, nothing) {
  const step = (name, work) => checks.step(`story: ${name}`, work)
  const [leader] = await walkOn(origin, kDesk, StoryWalk)
  const once = {}
  await step('people', async () => {
    await leader.signsIn(kLeader)
    once.writer = await leader.invites(kStoryWriter, '综合办')
  })
  const [writer, desk] = await walkOn(origin, kDesk, StoryWalk, ImportWalk)
  desk.expects(nothing.files(false), answered)
  await step('workbooks', async () => {
    await writer.signsIn(kStoryWriter, once.writer)
    await writer.page.getByRole('link', { name: '导入', exact: true }).click()
    await writer.page.waitForSelector('.drop.large')
    await desk.dragsTheBooks()
    await desk.imports()
  })
  const [clerk] = await walkOn(origin, kDesk, StoryWalk)
  await step('the missing village', async () => {
    const village = await writer.findsWhoIsMissing()
    Object.assign(clerk, { missing: writer.missing, name: writer.name })
    once.clerk = await leader.invites(kClerk, '村文书', village)
    await clerk.signsIn(kClerk, once.clerk)
    await clerk.clerkReturns({ open_area: '120', open_output: '300', open_value: '45' })
  })
  await step('a figure fixed elsewhere', () => writer.entersFigure('vegetable_output_t'))
  await step('figures checked', () => writer.checksFigures())
  await step('written', async () => {
    await writer.opens()
    await writer.writes()
  })
  await step('signed', async () => {
    await leader.seesTheDispute()
    await leader.seals()
  })
  const [phone] = await walkOn(origin, kPhone, StoryWalk)
  await step('on a phone', async () => {
    await phone.signsIn(kLeader)
    await phone.followsFigure()
  })
}

// Every walk, or those that ZHENWU_WALKS names ("edits,import").
const chosen = process.env.ZHENWU_WALKS?.split(',')
const walks = (name) => !chosen || chosen.includes(name)

async function readers(origin) {
  if (walks('desk')) await onDesk(origin)
  if (!walks('other')) return
  await onOther(origin, 'phone', kPhone)
  await onOther(origin, 'dark', { ...kDesk, dark: true })
  await onOther(origin, 'phone-dark', { ...kPhone, dark: true })
}

const desk = new Town(resolve(program), books)
const nothing = new Town(resolve(program), books)
try {
  town.make()
  if (walks('empty')) await emptyTown()
  town.import(false)
  if (walks('supplement') && town.hasSupplement()) await beforeSupplement()
  town.import(true)
  const origin = await town.serve()
  await readers(origin)
  if (walks('users')) await withUsers(origin)
  if (walks('returns')) await returns(origin)
  if (walks('edits')) await edits(origin)
  if (walks('reportdesk')) await reportDesk(origin)
  if (walks('forms')) await forms(origin)
  if (walks('import')) await importDesk(desk)
  if (walks('first')) await firstStart(nothing)
} catch (error) {
  checks.that('the walk', false, String(error.message ?? error))
} finally {
  await browser.close()
  await town.remove()
  await desk.remove()
  await nothing.remove()
}
console.log(`${checks.passed} passed, ${checks.failed} failed`)
process.exit(checks.failed ? 1 : 0)
