import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { useLanguage } from '@/i18n'
import { containsOf, filterFormula, filterProblem } from './filterFormula'
import { fieldOf } from './testing'

const field = (id: string, type: Field['type']) => fieldOf(id, { type })
const fields = [
  field('kind', 'choice'),
  field('head', 'int'),
  field('built_on', 'date'),
  field('note', 'text'),
]

describe('filterFormula', () => {
  it('joins the conditions of all columns', () => {
    expect(filterFormula({ kind: '肉牛', head: '≥20' }, fields)).toBe("kind = '肉牛' and head >= 20")
  })
  it('doubles quotes, so that a text never ends the formula', () => {
    expect(filterFormula({ kind: "a' or true or 'b" }, fields)).toBe("kind = 'a'' or true or ''b'")
  })
  it('reads a year under a date', () => {
    expect(filterFormula({ built_on: '2023年' }, fields)).toBe('year(built_on) = 2023')
    expect(filterFormula({ built_on: '>=2022' }, fields)).toBe('year(built_on) >= 2022')
  })
  it('reads a year, a quarter or a month under a period', () => {
    const period = [field('on', 'period')]
    expect(filterFormula({ on: '2023' }, period)).toBe('year(on) = 2023')
    expect(filterFormula({ on: '2023Q2' }, period)).toBe("on = '2023Q2'")
    expect(filterFormula({ on: '≥2023-06' }, period)).toBe("on >= '2023-06'")
    expect(filterFormula({ on: "2023-06' or true" }, period)).toBe('')
  })
  it('leaves out what is no number under a number', () => {
    expect(filterFormula({ head: '很多' }, fields)).toBe('')
  })
  it('asks for yes or no without a comparison', () => {
    expect(filterFormula({ a: 'true' }, [field('a', 'bool')])).toBe('a')
    expect(filterFormula({ a: 'false' }, [field('a', 'bool')])).toBe('not a')
  })
  it('a sign before a choice is part of it', () => {
    expect(filterFormula({ kind: '>肉牛' }, fields)).toBe("kind = '>肉牛'")
  })
  it('leaves texts to containsOf', () => {
    expect(filterFormula({ note: '备注', head: '3' }, fields)).toBe('head = 3')
  })
})

describe('containsOf', () => {
  it('looks for texts inside texts, and for nothing else', () => {
    expect(containsOf({ note: ' 温室 ', kind: '肉牛', head: '3' }, fields)).toEqual({ note: '温室' })
    expect(containsOf({ note: '  ' }, fields)).toEqual({})
  })
})

describe('filterProblem', () => {
  it('says what would be right', () => {
    expect(filterProblem(field('head', 'int'), '很多')).toContain('数字')
    expect(filterProblem(field('built_on', 'date'), '去年')).toContain('年份')
  })
  it('is silent about what can be asked', () => {
    expect(filterProblem(field('head', 'int'), '≥20')).toBe('')
    expect(filterProblem(field('head', 'int'), ' ')).toBe('')
  })
  it('says so in English too', async () => {
    await useLanguage('en')
    expect(filterProblem(field('head', 'int'), 'many')).toBe('Type a number, such as 20 or ≥20')
    await useLanguage('zh')
  })
})
