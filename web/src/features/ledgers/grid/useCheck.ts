// What is typed is asked of the server before it is sent to be written: faults are told at the cell at once, computed
// columns follow.
import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { api } from '@/api/client'
import type { CellFinding, Checked, Row, SentRow, Village } from '@/api/types'
import { kPlace } from './columns'
import type { TypedCell } from './useEdits'

const kDelay = 250

export function useCheck(record: string) {
  const findings = ref<CellFinding[]>([])
  const answer = shallowRef<{ id: string; checked: Checked } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked: AbortController | undefined

  function stop(): void {
    clearTimeout(timer)
    asked?.abort()
    findings.value = []
    answer.value = null
  }

  // `row`: null for a new one.
  function ask(row: Row | null, cells: { [column: string]: TypedCell }, villages: Village[]): void {
    clearTimeout(timer)
    asked?.abort()
    timer = setTimeout(async () => {
      asked = new AbortController()
      const sent: SentRow = row ? { id: row.id, values: {} } : { values: {} }
      for (const [id, cell] of Object.entries(cells)) {
        if (id !== kPlace) sent.values[id] = cell.text
        else if (villages.some((one) => one.code === cell.text)) sent.place = cell.text ?? ''
      }
      try {
        const checked = await api.check(record, sent, asked.signal)
        findings.value = checked.findings
        answer.value = { id: row?.id ?? '', checked }
      } catch {
        // The write itself will say what is wrong.
      }
    }, kDelay)
  }
  onBeforeUnmount(stop)
  const of = (id: string) => (answer.value?.id === id ? answer.value.checked : null)
  return { findings, answer, ask, stop, of }
}
