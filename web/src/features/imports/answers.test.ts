import { describe, expect, it } from 'vitest'
import type { ImportProposal, ImportQuestion, RecordType } from '@/api/types'
import {
  decisionOf,
  grainOf,
  kNoDraft,
  merged,
  openQuestions,
  optionsOf,
  periodOf,
  questionsAbout,
  says,
  settles,
  withAnswer,
} from './answers'

const ask = (code: string, column: string, candidates: string[] = [], text = ''): ImportQuestion => ({
  code,
  text: text || `${code} ${column}`,
  column,
  candidates,
  has_proposal: true,
})
const columns = [
  { column: 'C', heading: '棚/种类', field: 'kind' },
  { column: 'D', heading: '日子', field: 'built_on' },
]
const questions = [ask('unsure_column', 'C', ['kind']), ask('ambiguous_month', 'D', ['1', '10'])]
const proposal = {
  file: 'a.xlsx',
  sheet: '一',
  table: 1,
  record: 'greenhouse',
  columns,
  questions,
} as unknown as ImportProposal
const types = [
  { id: 'shed', name: '暖棚', fields: [] },
  {
    id: 'greenhouse',
    name: '设施',
    fields: [{ id: 'kind', name: '设施类型', computed: false }],
  },
] as unknown as RecordType[]

describe('answers as buttons', () => {
  it('a column: its candidates, and leaving it out', () => {
    expect(optionsOf(questions[0]!, proposal, types)).toEqual([
      { text: '设施类型', answer: { columns: { '棚/种类': 'kind' } } },
      { text: '不导入这一列', answer: { columns: { '棚/种类': '' } } },
    ])
  })
  it('a ledger: in the order of the program, and leaving the table out', () => {
    const options = optionsOf(ask('unsure_record', '', ['greenhouse', 'shed']), proposal, types)
    expect(options.map((one) => one.answer.record)).toEqual(['greenhouse', 'shed', ''])
  })
  it('a month', () => {
    expect(optionsOf(questions[1]!, proposal, types).map((one) => one.answer)).toEqual([
      { ambiguous_month: 1 },
      { ambiguous_month: 10 },
    ])
  })
  it('what cannot be said otherwise is agreed to', () => {
    expect(optionsOf(ask('unsure_column', ''), proposal, types)[0]).toEqual({
      text: '对',
      answer: { columns: {} },
    })
  })
  it('a place is chosen from a list: no button but leaving out', () => {
    expect(optionsOf(ask('missing_place', ''), proposal, types).map((one) => one.answer)).toEqual([
      { record: '' },
    ])
  })
})

describe('gathering', () => {
  it('keeps every answer and knows what is still open', () => {
    const once = withAnswer(kNoDraft, { columns: { '棚/种类': 'kind' } }, [questions[0]!])
    expect(openQuestions(proposal, once)).toEqual([questions[1]])
    const twice = withAnswer(once, { ambiguous_month: 10 }, [questions[1]!])
    expect(openQuestions(proposal, twice)).toEqual([])
    expect(decisionOf(proposal, twice)).toEqual({
      file: 'a.xlsx',
      sheet: '一',
      table: 1,
      columns: { '棚/种类': 'kind' },
      ambiguous_month: 10,
    })
  })
  it('a later answer goes before an earlier one', () => {
    const draft = merged({ columns: { a: 'x', b: 'y' } }, { columns: { a: '' }, place: '东村' })
    expect(draft).toEqual({ columns: { a: '', b: 'y' }, place: '东村' })
  })
  it('choosing a field answers what was asked about the column, not how its numbers read', () => {
    expect(questionsAbout(proposal, 'C')).toEqual([questions[0]])
    expect(questionsAbout(proposal, 'D')).toEqual([])
  })
  it('another ledger settles the table, the same one does not', () => {
    expect(settles(proposal, { record: 'shed' })).toBe(true)
    expect(settles(proposal, { record: '' })).toBe(true)
    expect(settles(proposal, { record: 'greenhouse' })).toBe(false)
    expect(settles(proposal, { columns: {} })).toBe(false)
  })
  it('leaving a table out is told, not passed over', () => {
    expect(decisionOf(proposal, { record: '' })).toMatchObject({ record: '' })
  })
  it('shows which answer was given', () => {
    const draft = withAnswer(kNoDraft, { record: 'greenhouse', columns: { '棚/种类': '' } })
    expect(says(draft, { columns: { '棚/种类': '' } })).toBe(true)
    expect(says(draft, { columns: { '棚/种类': 'kind' } })).toBe(false)
    expect(says(draft, { record: 'shed' })).toBe(false)
  })
})

describe('periods', () => {
  it('are put together from year and part', () => {
    expect(periodOf('2023', '')).toBe('2023')
    expect(periodOf('2023', 'Q4')).toBe('2023Q4')
    expect(periodOf('2023', '6')).toBe('2023-06')
    expect(periodOf('', 'Q1')).toBe('')
  })
  it('have the grain of the ledger, else the one that is asked for', () => {
    const asked = ask('missing_period', '', [], '看不出是哪一季的')
    expect(grainOf(asked, 'month')).toBe('month')
    expect(grainOf(asked, null)).toBe('quarter')
    expect(grainOf(undefined, null)).toBe('')
  })
})
