import { describe, expect, it } from 'vitest'
import type { Row } from '@/api/types'
import { kBlock, useRows, type PageQuestion } from './useRows'

const row = (n: number): Row => ({
  id: String(n),
  version: '1',
  state: 'live',
  place: '',
  place_name: '',
  values: {},
  precision: {},
})

function ledger(total: number) {
  const asked: PageQuestion[] = []
  const rows = useRows((question) => {
    asked.push(question)
    const from = question.skip ?? Number(question.after || 0)
    const page = Array.from({ length: Math.max(0, Math.min(question.limit, total - from)) }, (_, i) =>
      row(from + i),
    )
    const next = from + question.limit < total ? String(from + question.limit) : ''
    return Promise.resolve({ rows: page, next, count: total })
  })
  return { rows, asked }
}

describe('useRows', () => {
  it('goes on by cursors and jumps by number', async () => {
    const { rows, asked } = ledger(100_000)
    await rows.reset()
    await rows.need(0, 150)
    expect(asked.every((one) => one.skip === undefined)).toBe(true)
    expect(rows.at(149)?.id).toBe('149')
    await rows.need(60_000, 60_030)
    expect(asked.some((one) => one.skip === 60_000)).toBe(true)
    expect(rows.at(60_029)?.id).toBe('60029')
    expect(rows.count.value).toBe(100_000)
  })
  it('keeps no more than it needs', async () => {
    const { rows } = ledger(100_000)
    await rows.reset()
    for (let first = 0; first < 90_000; first += kBlock) await rows.need(first, first + 1)
    expect(rows.at(0)).toBeUndefined()
    expect(rows.at(89_900)?.id).toBe('89900')
  })
  it('an answer to what was asked before a reset is void', async () => {
    let release: (page: { rows: Row[]; next: string; count: number }) => void = () => {}
    const answers = [
      new Promise<{ rows: Row[]; next: string; count: number }>((resolve) => (release = resolve)),
      Promise.resolve({ rows: [row(7)], next: '', count: 1 }),
    ]
    const rows = useRows(() => answers.shift() ?? Promise.reject(new Error('asked too often')))
    const first = rows.reset()
    await rows.reset()
    release({ rows: [row(1)], next: '', count: 9 })
    await first
    expect(rows.at(0)?.id).toBe('7')
    expect(rows.count.value).toBe(1)
  })
  it('puts a changed row in its place', async () => {
    const { rows } = ledger(10)
    await rows.reset()
    rows.replace({ ...row(3), version: '2' })
    expect(rows.at(3)?.version).toBe('2')
    expect(rows.indexOf('3')).toBe(3)
  })
})
