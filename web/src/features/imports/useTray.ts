// The tray that this person works on: files go to it one after the other, changes are told to it, and it is looked at
// again by itself. Its id stays in the browser's session, so that a reload goes on where it was.
import { computed, watch } from 'vue'
import { ApiProblem } from '@/api/client'
import { imports } from '@/api/imports'
import type { CellMend, TableDecision } from '@/api/types'
import { locale, t } from '@/i18n'
import { kNoDraft, merged, wholeOf, type Answer, type Draft } from './answers'
import { isLitter, refusal } from './files'
import { failureOf, isBusy, nextStep, phaseOf } from './machine'
import { tableKey } from './tables'
import { forget, hold, keep, recall, situation, state, tray } from './trayState'
import { stopSending, take } from './traySteps'

let pumping = false
let serial = 0

// One at a time, until there is nothing left to do.
async function pump() {
  if (pumping) return
  pumping = true
  state.error = ''
  try {
    for (let step = nextStep(situation()); step !== 'rest'; step = nextStep(situation())) {
      await take(step)
      keep()
    }
  } catch (problem) {
    await stopped(problem)
  } finally {
    pumping = false
  }
  // The tray was gone, and files that wait get a new one.
  if (!state.error && situation().uploads) void pump()
}

async function isGone(problem: unknown): Promise<boolean> {
  if (!(problem instanceof ApiProblem) || failureOf(problem.status, problem.code) !== 'gone') return false
  return imports.tray(state.kept.tray).then(
    () => false,
    (again: unknown) => again instanceof ApiProblem && again.status === 404,
  )
}

async function stopped(problem: unknown) {
  state.run = false
  if (await isGone(problem)) {
    forget()
    state.notice = t('imports.gone')
  } else {
    state.error = problem instanceof Error ? problem.message : String(problem)
  }
}

// Called when the page opens: goes on with the tray of before.
async function resume() {
  if (state.opened) return
  state.opened = true
  state.kept = recall()
  const id = state.kept.tray
  if (!id) return
  try {
    const answer = await imports.tray(id)
    hold(answer)
    state.stale = answer.state === 'open'
    await pump()
  } catch (problem) {
    await stopped(problem)
    state.opened = !state.error
  }
}

function add(files: File[]) {
  state.notice = ''
  state.run = false
  for (const file of files) {
    if (isLitter(file.name)) continue
    const error = refusal(file)
    state.uploads = state.uploads.filter((one) => one.file.name !== file.name || one.state === 'sending')
    state.uploads.push({
      id: ++serial,
      file,
      sent: 0,
      state: error ? 'failed' : 'waiting',
      error,
      refused: !!error,
      again: false,
    })
  }
  void pump()
}

function remove(name: string) {
  if (!state.removals.includes(name)) state.removals.push(name)
  state.run = false
  void pump()
}

function dropUpload(id: number) {
  const upload = state.uploads.find((one) => one.id === id)
  if (upload?.state === 'sending') stopSending()
  else state.uploads = state.uploads.filter((one) => one.id !== id)
}

function sendAgain(id: number) {
  const upload = state.uploads.find((one) => one.id === id)
  if (upload) Object.assign(upload, { state: 'waiting', error: '' })
  void pump()
}

// Arrow keys walk through a list: what is chosen at last counts.
const kPause = 400
let soon: ReturnType<typeof setTimeout> | undefined

function decideOn(decision: TableDecision) {
  const key = tableKey(decision)
  const { kept, told } = state
  if (decision.record !== undefined) delete kept.given[key]
  const whole = wholeOf(decision)
  if (whole) kept.given[key] = { ...kept.given[key], ...whole }
  told[key] = merged(told[key] ?? {}, decision)
  delete kept.drafts[key]
  state.notice = ''
  state.run = false
  const waits = state.decisions.find((one, at) => (at > 0 || !pumping) && tableKey(one) === key)
  if (waits) Object.assign(waits, merged(waits, decision))
  else state.decisions.push(decision)
  keep()
  clearTimeout(soon)
  soon = setTimeout(() => void pump(), kPause)
}

// The cell counts as if it held the text; null takes that back.
function mend(cell: CellMend) {
  state.notice = ''
  state.run = false
  state.mends.push(cell)
  void pump()
}

function setDraft(key: string, draft: Draft) {
  state.kept.drafts[key] = draft
  keep()
}

function look(takeProposals = state.kept.takeProposals) {
  state.kept.takeProposals = takeProposals
  state.stale = true
  void pump()
}

function run(why: string) {
  state.why = why
  state.run = true
  void pump()
}

async function cancel() {
  if (!tray.value || !isBusy(tray.value)) return
  state.cancelling = true
  await imports.cancel(tray.value.id).catch(stopped)
}

// What the program said of the tray is said in the other language; where that fails the old words stand.
watch(locale, async () => {
  const id = tray.value?.id
  if (!id) return
  const answer = await imports.tray(id).catch(() => null)
  if (answer) hold(answer)
})

// A new tray: what lay on the old one is taken away, what was imported stays in the ledgers.
async function startOver() {
  const old = tray.value
  state.uploads = []
  stopSending()
  state.notice = ''
  state.error = ''
  forget()
  if (!old) return
  if (isBusy(old)) await imports.cancel(old.id).catch(() => {})
  else await imports.close(old.id).catch(() => {})
}

const phase = computed(() => phaseOf(tray.value, state.kept.intent))
const draftOf = (key: string): Draft => state.kept.drafts[key] ?? kNoDraft
const toldOf = (key: string): Answer => state.told[key] ?? {}
const givenOf = (key: string): Answer => state.kept.given[key] ?? {}

export function useTray() {
  return {
    tray,
    state,
    phase,
    draftOf,
    toldOf,
    givenOf,
    resume,
    retry: pump,
    add,
    remove,
    dropUpload,
    sendAgain,
    decideOn,
    mend,
    setDraft,
    look,
    run,
    cancel,
    startOver,
  }
}
