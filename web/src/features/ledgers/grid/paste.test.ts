import { describe, expect, it } from 'vitest'
import type { Row } from '@/api/types'
import type { Column } from './columns'
import { fieldOf } from '../testing'
import { planPaste, readBlock, writeBlock } from './paste'

const column = (id: string, more: Partial<Column['field']> = {}, fixed = false): Column => ({
  id,
  fixed,
  width: 100,
  field: fieldOf(id, { computed: fixed, ...more }),
})
const row: Row = {
  id: '5',
  version: '2',
  state: 'live',
  place: '1',
  place_name: '东村',
  values: { name: '甲', phone: '138****0000' },
  precision: {},
}

describe('readBlock', () => {
  it('reads cells, rows and the line end that Excel adds', () => {
    expect(readBlock('a\tb\r\n1\t\r\n')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ])
  })
  it('reads quoted cells with line ends and quotes', () => {
    expect(readBlock('"a\nb"\t"说""好"""\nc\td')).toEqual([
      ['a\nb', '说"好"'],
      ['c', 'd'],
    ])
  })
  it('gives back what writeBlock wrote', () => {
    const cells = [
      ['a\tb', '"'],
      ['', 'x\ny'],
    ]
    expect(readBlock(writeBlock(cells))).toEqual(cells)
  })
})

describe('planPaste', () => {
  const shown = (one: Column, of: Row) => of.values[one.id] ?? ''
  const plan = (texts: string[][], columns: Column[]) =>
    planPaste(
      texts,
      columns,
      (n) => (n === 0 ? row : undefined),
      shown,
      (name) => `code of ${name}`,
    )

  it('changes the rows that stand there and adds below them', () => {
    const [first, second] = plan([['乙'], ['丙']], [column('name')])
    expect(first?.sent).toEqual({ id: '5', version: '2', values: { name: '乙' } })
    expect(second?.sent).toEqual({ values: { name: '丙' } })
  })
  it('passes over computed cells and masks, and empties with an empty cell', () => {
    const columns = [column('sum', {}, true), column('phone', { personal: true }), column('name')]
    expect(plan([['9', '138****0000', '']], columns)[0]?.sent.values).toEqual({ name: null })
  })
  it('sends a place by its code', () => {
    expect(plan([['西村']], [column('place')])[0]?.sent.place).toBe('code of 西村')
  })
})
