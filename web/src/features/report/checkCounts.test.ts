import { describe, expect, it } from 'vitest'
import type { LineChecks } from '@/api/checks'
import { mine, mineFirst } from './checkCounts'

const line = (name: string, may_check: boolean): LineChecks => ({ line: name, name, may_check, figures: [] })

describe('whose figures stand first', () => {
  it('a line officer finds the lines they speak for first, and open', () => {
    const lines = [line('a', false), line('b', true), line('c', false), line('d', true)]
    expect(mineFirst(lines).map((one) => one.line)).toEqual(['b', 'd', 'a', 'c'])
    expect(lines.filter((one) => mine(one, lines)).map((one) => one.line)).toEqual(['b', 'd'])
  })
  it('who speaks for all of them, or for none, finds them as the report has them, folded', () => {
    for (const may of [true, false]) {
      const lines = [line('a', may), line('b', may)]
      expect(mineFirst(lines)).toEqual(lines)
      expect(lines.some((one) => mine(one, lines))).toBe(false)
    }
  })
})
