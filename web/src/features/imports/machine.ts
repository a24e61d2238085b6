// What the desk does next, and how long it waits before it asks again. Pure: the doing is in useTray.
import type { Tray } from '@/api/types'

// What the work under way is for; the tray itself does not say.
export type Intent = 'look' | 'run'

export type Phase =
  'empty' | 'open' | 'looking' | 'running' | 'asking' | 'ready' | 'done' | 'cancelled' | 'failed'

export function isBusy(tray: Tray | null): boolean {
  return tray?.state === 'waiting' || tray?.state === 'working'
}

export function phaseOf(tray: Tray | null, intent: Intent): Phase {
  if (!tray || (!tray.files.length && tray.state === 'open')) return 'empty'
  switch (tray.state) {
    case 'open':
      return 'open'
    case 'waiting':
    case 'working':
      return intent === 'run' ? 'running' : 'looking'
    case 'looked':
      return tray.result?.asked ? 'asking' : 'ready'
    case 'done':
      return 'done'
    case 'failed':
      return tray.problem?.code === 'cancelled' ? 'cancelled' : 'failed'
  }
}

export interface Situation {
  tray: Tray | null
  intent: Intent
  // Files that wait to be sent, files to take off, decisions to tell.
  uploads: number
  removals: number
  decisions: number
  // Cells to correct.
  mends: number
  // Something was changed since the tray was last looked at.
  stale: boolean
  run: boolean
  // Asked already; the work stops at its next row.
  cancelling: boolean
}

export type Step =
  'open' | 'cancel' | 'poll' | 'send' | 'remove' | 'decide' | 'mend' | 'look' | 'run' | 'rest'

// A change while the tray is being looked at stops the look; a run is never stopped by a change.
export function nextStep(now: Situation): Step {
  const { tray } = now
  const changes = now.uploads + now.removals + now.decisions + now.mends
  if (isBusy(tray)) return changes && now.intent === 'look' && !now.cancelling ? 'cancel' : 'poll'
  // Decisions first: a new file makes what was found void, and with it the tables they are about.
  if (tray && now.decisions) return 'decide'
  if (tray && now.mends) return 'mend'
  if (tray && now.removals) return 'remove'
  if (now.uploads) return !tray || tray.state === 'done' ? 'open' : 'send'
  if (!tray) return 'rest'
  if (now.stale && tray.files.length) return 'look'
  return now.run ? 'run' : 'rest'
}

const kOften = 300
const kSeldom = 1000
const kQuick = 10
const kMostMisses = 5

// Often at first, so that a small workbook is there at once; a program that does not answer is asked ever less often.
export function waitBefore(polls: number, misses: number): number {
  if (misses) return 1000 * 2 ** Math.min(misses - 1, kMostMisses - 1)
  return polls < kQuick ? kOften : kSeldom
}

export type Failure = 'offline' | 'gone' | 'refused'

// What a failed call means for the tray: try again later, it is not there any more, or the call itself was wrong.
export function failureOf(status: number, code: string): Failure {
  if (code === 'offline' || status === 502 || status === 503 || status === 504) return 'offline'
  return status === 404 ? 'gone' : 'refused'
}
