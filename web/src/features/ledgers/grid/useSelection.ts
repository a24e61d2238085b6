// One cell is selected, with a block of cells where Shift or the mouse drags it out.
import { computed, ref, type Ref } from 'vue'

export interface Spot {
  row: number
  column: number
}

export function useSelection(rows: Ref<number>, columns: Ref<number>, page: Ref<number>) {
  const now = ref<Spot>({ row: 0, column: 0 })
  const from = ref<Spot>({ row: 0, column: 0 })
  const inside = (value: number, count: number) => Math.max(0, Math.min(value, count - 1))

  function go(spot: Spot, extend = false): void {
    now.value = { row: inside(spot.row, rows.value), column: inside(spot.column, columns.value) }
    if (!extend) from.value = now.value
  }
  const block = computed(() => ({
    top: Math.min(now.value.row, from.value.row),
    bottom: Math.max(now.value.row, from.value.row),
    left: Math.min(now.value.column, from.value.column),
    right: Math.max(now.value.column, from.value.column),
  }))
  const single = computed(
    () => block.value.top === block.value.bottom && block.value.left === block.value.right,
  )
  const holds = (row: number, column: number) =>
    row >= block.value.top &&
    row <= block.value.bottom &&
    column >= block.value.left &&
    column <= block.value.right

  // To the next cell in reading order, as Tab goes.
  function step(back: boolean): void {
    const { row, column } = now.value
    const next = column + (back ? -1 : 1)
    if (next < 0) go(row > 0 ? { row: row - 1, column: columns.value - 1 } : { row: 0, column: 0 })
    else if (next < columns.value) go({ row, column: next })
    else if (row + 1 < rows.value) go({ row: row + 1, column: 0 })
  }

  // True: the key moved the selection.
  function key(event: KeyboardEvent): boolean {
    const { row, column } = now.value
    const far = event.ctrlKey || event.metaKey
    const extend = event.shiftKey
    const last = { row: rows.value - 1, column: columns.value - 1 }
    switch (event.key) {
      case 'ArrowUp':
        go({ row: far ? 0 : row - 1, column }, extend)
        return true
      case 'ArrowDown':
        go({ row: far ? last.row : row + 1, column }, extend)
        return true
      case 'ArrowLeft':
        go({ row, column: far ? 0 : column - 1 }, extend)
        return true
      case 'ArrowRight':
        go({ row, column: far ? last.column : column + 1 }, extend)
        return true
      case 'Home':
        go({ row: far ? 0 : row, column: 0 }, extend)
        return true
      case 'End':
        go({ row: far ? last.row : row, column: last.column }, extend)
        return true
      case 'PageUp':
        go({ row: row - page.value, column }, extend)
        return true
      case 'PageDown':
        go({ row: row + page.value, column }, extend)
        return true
      default:
        return false
    }
  }
  return { now, from, block, single, holds, go, step, key }
}

export type Selection = ReturnType<typeof useSelection>
