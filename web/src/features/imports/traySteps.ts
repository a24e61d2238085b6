// The single things that are done with the tray, each a call to the program.
import { ApiProblem } from '@/api/client'
import { imports } from '@/api/imports'
import { t } from '@/i18n'
import { useSession } from '@/stores/session'
import { failureOf, waitBefore, type Intent, type Step } from './machine'
import { tableKey } from './tables'
import { forget, hold, state, tray, type Upload } from './trayState'

const { csrf } = useSession()
let polls = 0
let stop = new AbortController()
const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

export function stopSending() {
  stop.abort()
}

async function openTray() {
  forget()
  const answer = await imports.open()
  state.kept.tray = answer.id
  hold(answer)
}

async function sendFile() {
  const upload = state.uploads.find((one) => one.state === 'waiting')
  if (!upload || !tray.value) return
  upload.state = 'sending'
  upload.sent = 0
  stop = new AbortController()
  try {
    const answer = await imports.upload({
      tray: tray.value.id,
      file: upload.file,
      csrf: csrf.value,
      progress: (sent) => (upload.sent = sent),
      signal: stop.signal,
    })
    hold(answer)
    state.uploads = state.uploads.filter((one) => one.id !== upload.id)
    state.stale = true
    state.kept.takeProposals = false
  } catch (problem) {
    await sendingFailed(upload, problem)
  }
}

async function sendingFailed(upload: Upload, problem: unknown) {
  if (!(problem instanceof ApiProblem)) {
    // Taken back by the person.
    state.uploads = state.uploads.filter((one) => one.id !== upload.id)
    return
  }
  if (problem.status === 401 && !upload.again) {
    upload.again = true
    upload.state = 'waiting'
    // Asks for the password where a session has ended, and comes back after it.
    hold(await imports.tray(state.kept.tray))
    return
  }
  if (failureOf(problem.status, problem.code) === 'gone') {
    upload.state = 'waiting'
    throw problem
  }
  upload.state = 'failed'
  upload.error = problem.message
}

async function poll() {
  await sleep(waitBefore(polls++, state.misses))
  const id = tray.value?.id
  if (!id) return
  try {
    const answer = await imports.tray(id)
    state.misses = 0
    hold(answer)
    if (answer.state === 'looked' && !state.decisions.length) state.told = {}
  } catch (problem) {
    const offline = problem instanceof ApiProblem && failureOf(problem.status, problem.code) === 'offline'
    if (!offline) throw problem
    state.misses += 1
  }
}

async function decide(id: string) {
  const decision = state.decisions[0]
  if (!decision) return
  try {
    hold(await imports.decide(id, decision))
    state.stale = true
  } catch (problem) {
    // What the program does not take is said, and the table stays as it was.
    if (!(problem instanceof ApiProblem) || failureOf(problem.status, problem.code) === 'offline')
      throw problem
    delete state.told[tableKey(decision)]
    state.notice = t('imports.decisionRefused', { sheet: decision.sheet, why: problem.message })
  }
  state.decisions = state.decisions.slice(1)
}

async function mend(id: string) {
  const [cell] = state.mends
  if (!cell) return
  try {
    hold(await imports.mend(id, cell))
    state.stale = true
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || failureOf(problem.status, problem.code) === 'offline')
      throw problem
    state.notice = t('imports.mendRefused', { sheet: cell.sheet, row: cell.row, why: problem.message })
  }
  state.mends = state.mends.slice(1)
}

async function removeFile(id: string) {
  try {
    hold(await imports.remove(id, state.removals[0] ?? ''))
  } catch (problem) {
    // Not there any more: then it need not be removed.
    if (!(problem instanceof ApiProblem) || problem.status !== 404) throw problem
    hold(await imports.tray(id))
  }
  state.removals = state.removals.slice(1)
  state.stale = true
}

async function begin(id: string, intent: Intent) {
  const { stale, kept, why } = state
  state.stale = false
  polls = 0
  try {
    const answer = intent === 'run' ? imports.run(id, why) : imports.look(id, kept.takeProposals)
    hold(await answer)
    kept.intent = intent
    state.run = false
    state.cancelling = false
  } catch (problem) {
    state.stale = stale
    throw problem
  }
}

export async function take(step: Step) {
  const id = tray.value?.id ?? ''
  switch (step) {
    case 'open':
      return openTray()
    case 'send':
      return sendFile()
    case 'poll':
      return poll()
    case 'cancel':
      state.cancelling = true
      return hold(await imports.cancel(id))
    case 'remove':
      return removeFile(id)
    case 'decide':
      return decide(id)
    case 'mend':
      return mend(id)
    case 'look':
    case 'run':
      return begin(id, step)
  }
}
