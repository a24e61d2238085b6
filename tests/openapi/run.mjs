// Every operation of /api/openapi.json asked of the program itself, over a made-up town, and every answer held against its schema:
//   node tests/openapi/run.mjs PROGRAM
// Exit 0 all as described, 1 something is not, 77 skipped. ZHENWU_OPENAPI_FAULT=drop or add: every answer is looked at without its
// first member, or with one more; that must be found.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Checks } from '../e2e/checks.mjs'
import { Asked, Caller } from './caller.mjs'
import { Description } from './description.mjs'
import { forms } from './form_walk.mjs'
import { imports } from './import_walk.mjs'
import { ledgers } from './ledger_walk.mjs'
import { leaves, people } from './people_walk.mjs'
import { figures, reports } from './report_walk.mjs'
import { Town } from '../e2e/town.mjs'
import { SmallTown } from './town.mjs'
import { settings, setsUp } from './town_walk.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const [, , program] = process.argv
if (!program) {
  console.error('which program? node tests/openapi/run.mjs build/zhenwu')
  process.exit(2)
}
if (!existsSync(join(root, 'web/node_modules/ajv'))) {
  console.log('skipped: no web/node_modules (cd web && npm ci)')
  process.exit(77)
}

// Whoever is nobody is told so by every operation that is not open.
async function strangers(newCaller, description) {
  const nobody = newCaller()
  for (const [id, operation] of description.operations) {
    if (operation.security?.length === 0) await nobody.underAnotherName(id)
    else await nobody.refused(id, 'login_first')
  }
}

function everything(checks, description, asked) {
  for (const id of description.operations.keys()) {
    checks.that(`${id} was asked with success`, asked.answered.has(id))
    checks.that(`${id} was asked for a problem`, asked.refused.has(id))
  }
  for (const name of Object.keys(description.document.components.schemas)) {
    checks.that(`something was held against ${name}`, description.met.has(name))
  }
}

// A program of its own, over a folder that is not there.
async function beforeATown(newCaller) {
  const nothing = new Town(resolve(program))
  try {
    await setsUp(newCaller(await nothing.serve()))
  } finally {
    await nothing.remove()
  }
}

async function walk(origin, checks) {
  const document = await (await fetch(`${origin}/api/openapi.json`)).json()
  const description = new Description(root, document)
  const asked = new Asked()
  const fault = process.env.ZHENWU_OPENAPI_FAULT
  const newCaller = (at = origin) => new Caller({ origin: at, description, checks, asked, fault })
  // The first answer tells it already.
  if (fault) return checks.step('spoilt', () => newCaller().told('session'))
  let who = null
  await checks.step('people', async () => (who = await people(newCaller)))
  if (!who) return
  await checks.step('strangers', () => strangers(newCaller, description))
  await checks.step('ledgers', () => ledgers(who))
  await checks.step('figures', () => figures(who))
  await checks.step('reports', () => reports(who))
  await checks.step('imports', () => imports(who))
  await checks.step('forms', () => forms(who.office, town.blank()))
  await checks.step('settings', () => settings(who.office))
  await checks.step('setup', () => beforeATown(newCaller))
  await checks.step('leaves', () => leaves(who.office))
  everything(checks, description, asked)
  console.log(`${description.operations.size} operations, ${description.met.size} schemas`)
}

const checks = new Checks()
const town = new SmallTown(resolve(program))
try {
  town.make()
  await walk(await town.serve(), checks)
} catch (error) {
  checks.that('the walk', false, String(error.message ?? error))
} finally {
  await town.remove()
}
console.log(`${checks.passed} passed, ${checks.failed} failed`)
process.exit(checks.failed ? 1 : 0)
