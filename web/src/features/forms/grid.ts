// A sheet as rows of cells to draw: what a merge covers is left out.
import type { FormCell, FormSheet } from '@/api/forms'

export interface DrawnCell {
  // B7
  at: string
  row: number
  column: number
  cell: FormCell | null
}

export function columnName(column: number): string {
  const rest = (column - 1) % 26
  const before = (column - 1 - rest) / 26
  return (before > 0 ? columnName(before) : '') + String.fromCharCode(65 + rest)
}

export function drawn(sheet: FormSheet): DrawnCell[][] {
  const cells = new Map(sheet.cells.map((cell) => [cell.cell, cell]))
  const covered = new Set<string>()
  for (const cell of sheet.cells) {
    for (let row = cell.row; row < cell.row + cell.row_span; row++) {
      for (let column = cell.column; column < cell.column + cell.column_span; column++) {
        if (row !== cell.row || column !== cell.column) covered.add(`${columnName(column)}${row}`)
      }
    }
  }
  const rows: DrawnCell[][] = []
  for (let row = 1; row <= sheet.rows; row++) {
    const line: DrawnCell[] = []
    for (let column = 1; column <= sheet.columns; column++) {
      const at = `${columnName(column)}${row}`
      if (!covered.has(at)) line.push({ at, row, column, cell: cells.get(at) ?? null })
    }
    rows.push(line)
  }
  return rows
}

// The cell that is reached from `from` by one step; over a merge to what lies behind it.
export function beside(rows: DrawnCell[][], from: string, down: number, right: number): string {
  const all = rows.flat()
  const here = all.find((one) => one.at === from)
  if (!here) return from
  const rowSpan = here.cell?.row_span ?? 1
  const columnSpan = here.cell?.column_span ?? 1
  const row = here.row + (down > 0 ? rowSpan : down)
  const column = here.column + (right > 0 ? columnSpan : right)
  const holds = (one: DrawnCell) =>
    row >= one.row &&
    row < one.row + (one.cell?.row_span ?? 1) &&
    column >= one.column &&
    column < one.column + (one.cell?.column_span ?? 1)
  return all.find(holds)?.at ?? from
}

// What was picked, {{vegetable_output_t|同比}}, of a place: vegetable_output_t@村|同比. Empty where no figure was.
export function slotOf(raw: string, place: string): string {
  const [, indicator, rest = ''] = /^\{\{([a-z][a-z0-9_]*)(.*)\}\}$/.exec(raw) ?? []
  return indicator ? `${indicator}${place ? `@${place}` : ''}${rest}` : ''
}

// From one corner to the other, as they were chosen.
export interface Block {
  from: string
  to: string
}

const lastRow = (one: DrawnCell) => one.row + (one.cell?.row_span ?? 1) - 1
const lastColumn = (one: DrawnCell) => one.column + (one.cell?.column_span ?? 1) - 1

// The cells of a block, row by row. A merge belongs to it where it begins in it.
export function cellsOf(rows: DrawnCell[][], block: Block): DrawnCell[] {
  const all = rows.flat()
  const from = all.find((one) => one.at === block.from)
  const to = all.find((one) => one.at === block.to)
  if (!from || !to) return []
  const top = Math.min(from.row, to.row)
  const left = Math.min(from.column, to.column)
  const bottom = Math.max(lastRow(from), lastRow(to))
  const right = Math.max(lastColumn(from), lastColumn(to))
  return all.filter((one) => one.row >= top && one.row <= bottom && one.column >= left && one.column <= right)
}

// What a number may go into: empty, or last year's number. Words are headings; the form's sums are its own.
export function takesNumber(one: DrawnCell): boolean {
  return !one.cell?.formula && /^[-\d.,\uFF0C%\s]*$/.test(one.cell?.text ?? '')
}

export interface Village {
  code: string
  name: string
}

const bare = (name: string) => name.replace(/[\s\u3000]/g, '')
function named(text: string, villages: Village[]): Village | undefined {
  const words = bare(text)
  if (!words) return undefined
  return villages.find((village) => {
    const name = bare(village.name)
    return words === name || words === name.replace(/村$/, '') || words === name.replace(/村$/, '村委会')
  })
}

// The village that is written left of a cell or above it: the nearest one.
export function villageBeside(
  rows: DrawnCell[][],
  one: DrawnCell,
  side: 'left' | 'above',
  villages: Village[],
): Village | undefined {
  const spans = (other: DrawnCell) =>
    side === 'left'
      ? other.row <= one.row && lastRow(other) >= one.row && lastColumn(other) < one.column
      : other.column <= one.column && lastColumn(other) >= one.column && lastRow(other) < one.row
  const near = (other: DrawnCell) => (side === 'left' ? other.column : other.row)
  return rows
    .flat()
    .filter(spans)
    .sort((a, b) => near(b) - near(a))
    .map((other) => named(other.cell?.text ?? '', villages))
    .find(Boolean)
}

// The cells that a list fills: fields from left to right, over merges; as many rows as it has room.
export function listCells(rows: DrawnCell[][], first: string, fields: number, room: number): string[] {
  const all = new Map(rows.flat().map((one) => [one.at, one]))
  const cells: string[] = []
  let begin = all.get(first)
  for (let line = 0; line < room && begin; line++) {
    let one: DrawnCell | undefined = begin
    for (let field = 0; field < fields && one; field++) {
      cells.push(one.at)
      one = all.get(`${columnName(lastColumn(one) + 1)}${one.row}`)
    }
    begin = all.get(`${columnName(begin.column)}${lastRow(begin) + 1}`)
  }
  return cells
}
