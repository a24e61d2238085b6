import { describe, expect, it } from 'vitest'
import type { FormCell, FormSheet } from '@/api/forms'
import { beside, cellsOf, columnName, drawn, listCells, slotOf, takesNumber, villageBeside } from './grid'

const cell = (at: string, row: number, column: number, row_span = 1, column_span = 1): FormCell => ({
  cell: at,
  row,
  column,
  text: at,
  row_span,
  column_span,
  formula: false,
})
const sheet = (cells: FormCell[], rows: number, columns: number): FormSheet => ({
  name: 's',
  hidden: false,
  rows,
  columns,
  widths: [],
  cut: false,
  cells,
})

describe('a form drawn as a table', () => {
  it('names columns as a spreadsheet does', () => {
    expect([1, 26, 27, 52, 53, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'AAA'])
  })
  const rows = drawn(sheet([cell('A1', 1, 1, 1, 3), cell('A2', 2, 1, 2, 1), cell('B2', 2, 2)], 3, 3))
  it('leaves out what a merge covers', () => {
    expect(rows.map((line) => line.map((one) => one.at))).toEqual([['A1'], ['A2', 'B2', 'C2'], ['B3', 'C3']])
  })
  it('steps over merges and stays at the edge', () => {
    expect(beside(rows, 'A1', 1, 0)).toBe('A2')
    expect(beside(rows, 'C2', -1, 0)).toBe('A1')
    expect(beside(rows, 'B3', 0, -1)).toBe('A2')
    expect(beside(rows, 'A2', 1, 0)).toBe('A2')
    expect(beside(rows, 'nowhere', 1, 0)).toBe('nowhere')
  })
  it('makes a slot of an indicator, a place and how it is compared', () => {
    expect(slotOf('{{a_b}}', '')).toBe('a_b')
    expect(slotOf('{{a_b|x}}', '621099102200')).toBe('a_b@621099102200|x')
  })
})

describe('a block of cells', () => {
  // 村 | 面积 | 产量 ; 东沟村 | (A) | 12 ; 柳湾 | … | 合计 formula
  const text = (at: string, row: number, column: number, words: string, formula = false): FormCell => ({
    ...cell(at, row, column),
    text: words,
    formula,
  })
  const form = drawn(
    sheet(
      [
        text('A1', 1, 1, '村'),
        text('B1', 1, 2, '面积'),
        text('C1', 1, 3, '产量'),
        text('A2', 2, 1, '东沟 村'),
        text('C2', 2, 3, '12.5'),
        text('A3', 3, 1, '柳湾'),
        text('C3', 3, 3, '', true),
        text('A4', 4, 1, '合计'),
      ],
      4,
      3,
    ),
  )
  const villages = [
    { code: '201', name: '东沟村' },
    { code: '202', name: '柳湾村' },
  ]
  const at = (name: string) => form.flat().find((one) => one.at === name)!

  it('holds what lies between its corners, whichever was chosen first', () => {
    expect(cellsOf(form, { from: 'C3', to: 'B2' }).map((one) => one.at)).toEqual(['B2', 'C2', 'B3', 'C3'])
    expect(cellsOf(form, { from: 'Z9', to: 'B2' })).toEqual([])
  })
  it('takes numbers where none or one stands, not over words and sums', () => {
    expect(['B2', 'C2', 'C3', 'A2'].map((name) => takesNumber(at(name)))).toEqual([true, true, false, false])
  })
  it('knows the village beside a cell, with or without 村', () => {
    expect(villageBeside(form, at('C2'), 'left', villages)?.code).toBe('201')
    expect(villageBeside(form, at('B3'), 'left', villages)?.code).toBe('202')
    expect(villageBeside(form, at('B4'), 'left', villages)).toBeUndefined()
    expect(villageBeside(form, at('A4'), 'above', villages)?.code).toBe('202')
  })
})

describe('a list in a form', () => {
  // A2:B2 is merged: the second column of the list stands in C.
  const rows = drawn(sheet([cell('A2', 2, 1, 1, 2), cell('A3', 3, 1, 2, 1)], 6, 4))
  it('passes over what a merge covers, to the right and down', () => {
    expect(listCells(rows, 'A2', 2, 3)).toEqual(['A2', 'C2', 'A3', 'B3', 'A5', 'B5'])
  })
  it('ends where the sheet does', () => {
    expect(listCells(rows, 'A6', 1, 9)).toEqual(['A6'])
  })
})
