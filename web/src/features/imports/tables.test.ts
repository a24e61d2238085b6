import { describe, expect, it } from 'vitest'
import type { Finding, ImportCounts, ImportProposal, ImportResult, RecordType } from '@/api/types'
import {
  byFile,
  canMend,
  countSeverities,
  fieldName,
  findingsOf,
  isHidden,
  isUnsure,
  kNoRows,
  ledgersOf,
  pageOf,
  sortFindings,
  sumOf,
  tablesOf,
} from './tables'

const proposal = (file: string, sheet: string, more: Partial<ImportProposal> = {}): ImportProposal => ({
  file,
  sheet,
  table: 1,
  heading_row: 3,
  rows: 10,
  record: 'herd',
  record_name: '养殖',
  why: '',
  second: '',
  mapping_from: 'proposed',
  skipped: '',
  columns: [],
  questions: [],
  ...more,
})
const question = { code: 'unsure_column', text: '是吗？', column: 'B', candidates: [], has_proposal: true }
const counts = (more: Partial<ImportCounts>): ImportCounts => ({ ...kNoRows, ...more })
const finding = (severity: Finding['severity'], row: number, column: string | null = null): Finding => ({
  severity,
  row,
  column,
  class: 'a',
  message: `${severity} ${row}`,
})
const column = {
  heading: '头数',
  unit: '',
  field: 'n',
  field_name: '',
  why: '',
  left_out: false,
  samples: [],
}
const result = (asked = false): ImportResult => ({
  batch: null,
  mapping: '',
  asked,
  proposals: [
    proposal('a.xlsx', '一'),
    proposal('b.xlsx', '一', { record: 'shed', record_name: '棚', columns: [{ ...column, column: 'B' }] }),
    proposal('a.xlsx', '一', { table: 2 }),
  ],
  files: [
    {
      file: 'a.xlsx',
      sheets: [
        { sheet: '一', record: 'herd', rows: counts({ new: 3, refused: 1 }), findings: [finding('note', 9)] },
        { sheet: '一', record: 'herd', rows: counts({ same: 2 }), findings: [finding('refused', 4)] },
      ],
    },
    {
      file: 'b.xlsx',
      sheets: [
        { sheet: '一', record: 'shed', rows: counts({ changed: 5 }), findings: [finding('total', 2, 'B')] },
      ],
    },
  ],
})

describe('tables of a tray', () => {
  it('take the results of their own file in order, two tables of one sheet apart', () => {
    const tables = tablesOf(result())
    expect(tables.map((one) => one.rows?.new)).toEqual([3, 0, 0])
    expect(tables.map((one) => one.rows?.same)).toEqual([0, 0, 2])
    expect(tables.map((one) => one.rows?.changed)).toEqual([0, 5, 0])
    expect(new Set(tables.map((one) => one.key)).size).toBe(3)
  })
  it('have no counts while questions are open', () => {
    expect(tablesOf(result(true)).every((one) => one.rows === null)).toBe(true)
    expect(tablesOf(null)).toEqual([])
  })
  it('stand by file, each file once', () => {
    expect(byFile(tablesOf(result())).map((one) => [one.file, one.tables.length])).toEqual([
      ['a.xlsx', 2],
      ['b.xlsx', 1],
    ])
  })
  it('are unsure when something is asked, or when one of a ledger is left out', () => {
    const view = (more: Partial<ImportProposal>) => ({
      key: '',
      proposal: proposal('a', 'b', more),
      rows: null,
      findings: [],
    })
    expect(isUnsure(view({}))).toBe(false)
    expect(isUnsure(view({ questions: [question] }))).toBe(true)
    expect(isUnsure(view({ skipped: '隐藏的工作表' }))).toBe(true)
    expect(isUnsure(view({ record: '', skipped: '没有找到表格' }))).toBe(false)
    expect(isUnsure(view({ sheet: '', record: '', skipped: '加了密码' }))).toBe(true)
  })
  it('that are hidden are told from those whose question has no answer', () => {
    expect(isHidden(proposal('a', 'b', { skipped: 'x' }))).toBe(true)
    expect(isHidden(proposal('a', 'b', { skipped: 'x', questions: [question] }))).toBe(false)
    expect(isHidden(proposal('a', 'b', { record: '', skipped: 'x' }))).toBe(false)
  })
  it('add up', () => {
    expect(sumOf(result())).toEqual(counts({ new: 3, changed: 5, same: 2, refused: 1 }))
    expect(sumOf(null)).toEqual(kNoRows)
  })
  it('lead to the ledgers that took rows, each once', () => {
    expect(ledgersOf(tablesOf(result())).map((one) => one.record)).toEqual(['herd', 'shed'])
    expect(ledgersOf(tablesOf(result(true)))).toEqual([])
  })
})

describe('findings', () => {
  const all = findingsOf(tablesOf(result()))
  it('name file, sheet and the heading of their column', () => {
    expect(all.map((one) => [one.file, one.row, one.heading])).toEqual([
      ['a.xlsx', 9, ''],
      ['b.xlsx', 2, '头数'],
      ['a.xlsx', 4, ''],
    ])
  })
  it('stand with the refused ones first, or as in the files', () => {
    expect(sortFindings(all, 'severity').map((one) => one.severity)).toEqual(['refused', 'total', 'note'])
    expect(sortFindings(all, 'place').map((one) => one.row)).toEqual([9, 2, 4])
    expect(sortFindings(all, 'message').map((one) => one.message)).toEqual(['note 9', 'refused 4', 'total 2'])
  })
  it('are counted by how bad they are, what is not there left out', () => {
    expect(countSeverities(all)).toEqual([
      { severity: 'refused', count: 1 },
      { severity: 'total', count: 1 },
      { severity: 'note', count: 1 },
    ])
  })
  it('come a hundred at a time, and never from a page that is not there', () => {
    const many = Array.from({ length: 205 }, (_, i) => i)
    expect(pageOf(many, 3)).toMatchObject({ page: 3, pages: 3, rows: [200, 201, 202, 203, 204] })
    expect(pageOf(many, 9).page).toBe(3)
    expect(pageOf([], 1)).toEqual({ rows: [], page: 1, pages: 1 })
  })
})

describe('what can be corrected here', () => {
  const row = { ...finding('refused', 4, 'B'), file: 'a', sheet: '一', heading: '' }
  it('is a cell, not a row, a total or a note', () => {
    expect(canMend(row)).toBe(true)
    expect(canMend({ ...row, column: null })).toBe(false)
    expect(canMend({ ...row, severity: 'total' })).toBe(false)
    expect(canMend({ ...row, sheet: '' })).toBe(false)
  })
})

describe('what a candidate is called', () => {
  const type = {
    id: 'herd',
    place_name: '牧场',
    fields: [
      { id: 'total', name: '合计', computed: true },
      { id: 'id_number', name: '身份证号', computed: false },
    ],
  } as unknown as RecordType
  it('is its name as the program tells it; computed ones are never one', () => {
    expect(fieldName(type, 'id_number')).toBe('身份证号')
    expect(fieldName(type, 'total')).toBe('')
    expect(fieldName(type, 'place')).toBe('牧场')
    expect(fieldName(undefined, 'place')).toBe('')
  })
})
