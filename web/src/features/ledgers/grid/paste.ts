// A block copied from a spreadsheet → rows and cells of the ledger.
import type { Row, SentRow } from '@/api/types'
import { isMasked } from './cellText'
import { kPlace, type Column } from './columns'

// Tabs between cells, line ends between rows; cells with either in quotes, as WPS and Excel write them.
export function readBlock(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let i = 0; i < text.length; i++) {
    const one = text.charAt(i)
    if (quoted) {
      if (one !== '"') cell += one
      else if (text.charAt(i + 1) === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (one === '"' && cell === '') quoted = true
    else if (one === '\t') endCell()
    else if (one === '\n') endRow()
    else if (one !== '\r') cell += one
  }
  endRow()
  while (rows.length > 1 && rows[rows.length - 1]?.every((one) => !one.trim())) rows.pop()
  return rows
}

export function writeBlock(cells: string[][]): string {
  const quote = (cell: string) => (/[\t\n"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)
  return cells.map((row) => row.map(quote).join('\t')).join('\n')
}

export interface PastedCell {
  column: Column
  before: string
  text: string
}

export interface PastedRow {
  // Absent: a new row.
  row?: Row
  cells: PastedCell[]
  sent: SentRow
}

// `standing`: the row there; absent under the last one. Computed columns are passed over: their cells follow from the
// others. `placeCode`: name of a village → code; what names none is sent as it is and refused with its reason.
export function planPaste(
  block: string[][],
  columns: Column[],
  standing: (n: number) => Row | undefined,
  shown: (column: Column, row: Row) => string,
  placeCode: (name: string) => string,
): PastedRow[] {
  return block.map((texts, n) => {
    const row = standing(n)
    const sent: SentRow = row ? { id: row.id, version: row.version, values: {} } : { values: {} }
    const cells: PastedCell[] = []
    texts.slice(0, columns.length).forEach((written, c) => {
      const column = columns[c]
      if (!column) return
      const text = written.trim()
      const before = row ? shown(column, row) : ''
      // What was copied with a mask over it is not a value.
      const mask = row && isMasked(column, row) && text === before
      if (column.fixed || mask) return
      cells.push({ column, before, text })
      if (column.id === kPlace) {
        if (text) sent.place = placeCode(text)
      } else sent.values[column.id] = text === '' ? null : text
    })
    return { row, cells, sent }
  })
}
