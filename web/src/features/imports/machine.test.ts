import { describe, expect, it } from 'vitest'
import type { Tray } from '@/api/types'
import { failureOf, nextStep, phaseOf, waitBefore, type Situation, type Step } from './machine'

const tray = (state: Tray['state'], more: Partial<Tray> = {}): Tray => ({
  id: 't',
  state,
  files: [{ name: 'a.xlsx', bytes: 1 }],
  progress: { stage: '', done: 0, total: 0 },
  decisions: 0,
  mends: [],
  result: null,
  problem: null,
  ...more,
})
const now = (more: Partial<Situation>): Situation => ({
  tray: null,
  intent: 'look',
  uploads: 0,
  removals: 0,
  decisions: 0,
  mends: 0,
  stale: false,
  run: false,
  cancelling: false,
  ...more,
})
const result = (asked: boolean) => ({ batch: null, files: [], asked, proposals: [], mapping: '' })

describe('what comes next', () => {
  const cases: [string, Partial<Situation>, Step][] = [
    ['nothing is there', {}, 'rest'],
    ['a first file needs a tray', { uploads: 1 }, 'open'],
    ['files go one by one', { tray: tray('open'), uploads: 2, stale: true }, 'send'],
    ['then the tray is looked at', { tray: tray('open'), stale: true }, 'look'],
    ['not one without files', { tray: tray('open', { files: [] }), stale: true }, 'rest'],
    ['and asked how far it is', { tray: tray('waiting') }, 'poll'],
    ['a change stops the look', { tray: tray('working'), decisions: 1 }, 'cancel'],
    ['once', { tray: tray('working'), decisions: 1, cancelling: true }, 'poll'],
    ['never the run', { tray: tray('working'), uploads: 1, intent: 'run' }, 'poll'],
    ['decisions go before files', { tray: tray('looked'), decisions: 1, uploads: 1 }, 'decide'],
    ['a corrected cell is told', { tray: tray('looked'), mends: 1, uploads: 1 }, 'mend'],
    ['files are taken off before others come', { tray: tray('looked'), removals: 1, uploads: 1 }, 'remove'],
    [
      'what was changed is looked at before it is run',
      { tray: tray('looked'), stale: true, run: true },
      'look',
    ],
    ['then it runs', { tray: tray('looked'), run: true }, 'run'],
    ['files after a run get a new tray', { tray: tray('done'), uploads: 1, intent: 'run' }, 'open'],
    ['and then there is rest', { tray: tray('done') }, 'rest'],
  ]
  it.each(cases)('%s', (_, situation, step) => expect(nextStep(now(situation))).toBe(step))
})

describe('how it stands', () => {
  it('tells looking from running', () => {
    expect(phaseOf(tray('working'), 'look')).toBe('looking')
    expect(phaseOf(tray('waiting'), 'run')).toBe('running')
  })
  it('tells open questions from a result', () => {
    expect(phaseOf(tray('looked', { result: result(true) }), 'look')).toBe('asking')
    expect(phaseOf(tray('looked', { result: result(false) }), 'look')).toBe('ready')
  })
  it('tells a stop from a fault', () => {
    const problem = (code: string) => ({ problem: { code, title: '', title_en: '' } })
    expect(phaseOf(tray('failed', problem('cancelled')), 'run')).toBe('cancelled')
    expect(phaseOf(tray('failed', problem('file_unknown')), 'look')).toBe('failed')
  })
  it('is empty without files', () => {
    expect(phaseOf(null, 'look')).toBe('empty')
    expect(phaseOf(tray('open', { files: [] }), 'look')).toBe('empty')
    expect(phaseOf(tray('open'), 'look')).toBe('open')
  })
})

describe('asking again', () => {
  it('is quick at first, then every second', () => {
    expect(waitBefore(0, 0)).toBeLessThan(500)
    expect(waitBefore(60, 0)).toBe(1000)
  })
  it('is ever rarer while nobody answers, but never gives up', () => {
    expect([1, 2, 3, 9].map((misses) => waitBefore(60, misses))).toEqual([1000, 2000, 4000, 16000])
  })
  it('knows what a failed call means', () => {
    expect(failureOf(0, 'offline')).toBe('offline')
    expect(failureOf(503, 'database_busy')).toBe('offline')
    expect(failureOf(404, 'not_found')).toBe('gone')
    expect(failureOf(422, 'bad_mapping')).toBe('refused')
  })
})
