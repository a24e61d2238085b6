// What a cell shows while something is typed, checked, saved or refused.
import type { CellFinding, Row } from '@/api/types'
import { editText, shownText } from './cellText'
import type { Column } from './columns'
import type { useCheck } from './useCheck'
import type { Edits } from './useEdits'

export function useCells(edits: Edits, check: ReturnType<typeof useCheck>, columns: () => Column[]) {
  const typedAt = (of: Column, one: Row) => edits.edits.get(one.id)?.cells[of.id]

  function shown(of: Column, one: Row): string {
    const typed = typedAt(of, one)
    if (typed) return typed.shown
    const checked = check.of(one.id)
    return checked && of.fixed ? (checked.computed[of.id] ?? '') : shownText(of, one)
  }
  // What stands in the box when the cell is opened.
  const inBox = (of: Column, one: Row) => typedAt(of, one)?.shown ?? editText(of, one)

  const all = (one: Row): CellFinding[] => edits.edits.get(one.id)?.findings ?? []
  const findingsAt = (of: Column, one: Row) => all(one).filter((finding) => finding.field === of.id)
  // Of the row as a whole, or of a column that is not shown.
  const findingsOfRow = (one: Row) =>
    all(one).filter((finding) => !finding.field || !columns().some((of) => of.id === finding.field))

  function stateOf(one: Row): string {
    const edit = edits.edits.get(one.id)
    return edit && Object.keys(edit.cells).length ? edit.state : ''
  }
  return { typedAt, shown, inBox, findingsAt, findingsOfRow, stateOf }
}
