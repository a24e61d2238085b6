// What lies on the desk: the tray as the program last told it, what waits to be done, and what of it outlives a reload
// (in the browser's session, apart for each person who signs in here).
import { reactive, shallowRef } from 'vue'
import type { CellMend, TableDecision, Tray } from '@/api/types'
import { useSession } from '@/stores/session'
import type { Answer, Draft } from './answers'
import type { Intent, Situation } from './machine'

export interface Upload {
  id: number
  file: File
  sent: number
  state: 'waiting' | 'sending' | 'failed'
  error: string
  // Never sent, for what `error` says.
  refused: boolean
  // Signed in again once already for this file.
  again: boolean
}

// What outlives a reload.
interface Kept {
  tray: string
  intent: Intent
  takeProposals: boolean
  drafts: { [table: string]: Draft }
  // What was decided about whole tables, shown so that it can be changed.
  given: { [table: string]: Answer }
}

const fresh = (): Kept => ({ tray: '', intent: 'look', takeProposals: false, drafts: {}, given: {} })

export const tray = shallowRef<Tray | null>(null)
export const state = reactive({
  kept: fresh(),
  uploads: [] as Upload[],
  removals: [] as string[],
  decisions: [] as TableDecision[],
  mends: [] as CellMend[],
  // What was decided and is not yet in the result: shown at once.
  told: {} as { [table: string]: Answer },
  stale: false,
  run: false,
  cancelling: false,
  why: '',
  // Polls that the program did not answer.
  misses: 0,
  error: '',
  notice: '',
  opened: false,
})
const { user } = useSession()
const storageKey = () => `zhenwu.tray.${user.value?.id ?? ''}`

export function keep() {
  try {
    if (state.kept.tray) sessionStorage.setItem(storageKey(), JSON.stringify(state.kept))
    else sessionStorage.removeItem(storageKey())
  } catch {
    // Private windows keep nothing.
  }
}

export function recall(): Kept {
  try {
    const text = sessionStorage.getItem(storageKey())
    return text ? { ...fresh(), ...(JSON.parse(text) as Kept) } : fresh()
  } catch {
    return fresh()
  }
}

export const situation = (): Situation => ({
  tray: tray.value,
  intent: state.kept.intent,
  uploads: state.uploads.filter((one) => one.state === 'waiting').length,
  removals: state.removals.length,
  decisions: state.decisions.length,
  mends: state.mends.length,
  stale: state.stale,
  run: state.run,
  cancelling: state.cancelling,
})

export function forget() {
  tray.value = null
  state.kept = fresh()
  Object.assign(state, {
    removals: [],
    decisions: [],
    mends: [],
    told: {},
    stale: false,
    run: false,
    cancelling: false,
  })
  keep()
}

// Answers about a tray that was given up meanwhile are void.
export function hold(answer: Tray) {
  if (answer.id === state.kept.tray) tray.value = answer
}
