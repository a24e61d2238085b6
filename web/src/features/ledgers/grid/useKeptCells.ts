// Cells that a browser which died had not yet sent: found when the ledger is opened again, sent on or given up as the
// person says.
import { computed, ref, watch } from 'vue'
import { keep, readKept } from '@/composables/kept'
import type { Column } from './columns'
import type { Edits, UnsentRow } from './useEdits'

export function useKeptCells(name: string, edits: Edits, columns: () => Column[]) {
  const found = ref<UnsentRow[]>(readKept<UnsentRow[]>(name) ?? [])
  watch(
    () => JSON.stringify([...found.value, ...edits.unsent()]),
    (text) => keep(name, text === '[]' ? null : JSON.parse(text)),
  )
  // 张村 面积 12.5
  const texts = computed(() =>
    found.value.flatMap((row) =>
      Object.entries(row.cells).map(([id, cell]) => {
        const column = columns().find((one) => one.id === id)
        return [row.base.place_name, column?.field.name ?? id, cell.shown].join(' ')
      }),
    ),
  )
  function resume(): void {
    const rows = found.value
    found.value = []
    edits.resume(rows)
  }
  function forget(): void {
    found.value = []
  }
  return { texts, resume, forget }
}
