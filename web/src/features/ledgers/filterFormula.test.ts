import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { filterFormula } from './filterFormula'

function field(id: string, type: string): Field {
  return {
    id,
    type,
    name: id,
    name_en: id,
    unit: '',
    scale: 0,
    group: '',
    help: '',
    required: false,
    personal: false,
    secret: false,
    computed: false,
  }
}
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
    expect(filterFormula({ note: "a' or true or 'b" }, fields)).toBe("note = 'a'' or true or ''b'")
  })
  it('reads a year under a date', () => {
    expect(filterFormula({ built_on: '2023年' }, fields)).toBe('year(built_on) = 2023')
    expect(filterFormula({ built_on: '>=2022' }, fields)).toBe('year(built_on) >= 2022')
  })
  it('leaves out what is no number under a number', () => {
    expect(filterFormula({ head: '很多' }, fields)).toBe('')
  })
})
