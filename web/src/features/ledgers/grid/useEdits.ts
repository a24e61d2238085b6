// What was typed and is not yet on disk: sent when its cell is left, kept and mended when it is refused, settled when
// somebody else was quicker. And what can be taken back.
import { computed, reactive, ref, shallowRef } from 'vue'
import { api, ApiProblem, newKey } from '@/api/client'
import type { CellFinding, RecordType, Row, SentRow, WrittenRow } from '@/api/types'
import { t } from '@/i18n'
import { isMasked } from './cellText'
import { kPlace, type Column } from './columns'
import type { Rows } from './useRows'

export interface TypedCell {
  // What is sent; null empties. Of a reference its id, of a place its code.
  text: string | null
  // What is shown meanwhile.
  shown: string
}

export interface RowEdit {
  // The row as it stood when it was typed into: what somebody else wrote since is seen by it.
  base: Row
  cells: { [column: string]: TypedCell }
  findings: CellFinding[]
  state: 'saving' | 'refused' | 'waiting'
  why: string
}

// What is typed and not yet on disk; of the row only what its cells are compared with.
export interface UnsentRow {
  base: Row
  cells: RowEdit['cells']
}

export interface Conflict {
  id: string
  by: string
  at: string
  current: Row
  columns: { column: Column; yours: string; before: Row }[]
}

interface Step {
  // Of a changed row: from which version to which.
  id?: string
  from?: string
  after?: string
  batch?: string
  kind: 'change' | 'create' | 'delete' | 'bulk'
}

const kAgain = 5000

export function useEdits(type: RecordType, rows: Rows, columns: () => Column[], reload: () => Promise<void>) {
  const edits = reactive(new Map<string, RowEdit>())
  const steps = ref<Step[]>([])
  const conflict = shallowRef<Conflict | null>(null)
  const said = ref('')
  const problem = ref('')
  const saved = ref(false)
  const busy = new Set<string>()

  function sent(edit: RowEdit, cells: RowEdit['cells'] = edit.cells): SentRow {
    const row: SentRow = { values: {} }
    for (const [id, cell] of Object.entries(cells)) {
      if (id === kPlace) row.place = cell.text ?? ''
      else row.values[id] = cell.text
    }
    return row
  }

  const begun = (base: Row): RowEdit => ({ base, cells: {}, findings: [], state: 'waiting', why: '' })

  function type_(id: string, column: Column, cell: TypedCell): void {
    const row = rows.find(id)
    const edit = edits.get(id) ?? (row && begun(row))
    if (!edit) return
    edit.cells[column.id] = cell
    edit.findings = edit.findings.filter((one) => one.field !== column.id)
    edits.set(id, edit)
    void save(id)
  }

  // What is typed there is given up: the cell shows again what stands.
  function forget(id: string, column?: string): void {
    const edit = edits.get(id)
    if (!edit) return
    if (column) delete edit.cells[column]
    if (!column || !Object.keys(edit.cells).length) edits.delete(id)
    else void save(id)
  }

  async function save(id: string): Promise<void> {
    const edit = edits.get(id)
    if (!edit || busy.has(id) || !Object.keys(edit.cells).length) return
    const row = edit.base
    busy.add(id)
    edit.state = 'saving'
    const cells = { ...edit.cells }
    try {
      written(id, cells, row, await api.change(type.id, id, row.version, sent(edit, cells)))
    } catch (error) {
      failed(id, cells, row, error)
    } finally {
      busy.delete(id)
    }
    const rest = edits.get(id)
    if (rest && rest.state === 'saving') void save(id)
  }

  function written(id: string, cells: RowEdit['cells'], before: Row, answer: WrittenRow): void {
    const edit = edits.get(id)
    rows.replace(answer)
    if (answer.version !== before.version)
      steps.value.push({ kind: 'change', id, from: before.version, after: answer.version })
    saved.value = true
    problem.value = ''
    if (!edit) return
    edit.base = answer
    for (const [column, cell] of Object.entries(cells))
      if (edit.cells[column] === cell || edit.cells[column]?.text === cell.text) delete edit.cells[column]
    edit.findings = answer.findings.filter((one) => one.severity !== 'refused')
    warnings.value = answer.findings.length ? { id, findings: answer.findings } : null
    if (!Object.keys(edit.cells).length) edits.delete(id)
  }
  // What was said to the row that was saved last, without refusing it.
  const warnings = shallowRef<{ id: string; findings: CellFinding[] } | null>(null)

  function failed(id: string, cells: RowEdit['cells'], row: Row, error: unknown): void {
    const edit = edits.get(id)
    if (!edit) return
    const known = error instanceof ApiProblem ? error : null
    if (known?.code === 'stale_version' && known.body?.current)
      return outrun(id, cells, row, known.body.current, known.body.by ?? '', known.body.at ?? '')
    edit.state = known?.code === 'offline' ? 'waiting' : 'refused'
    edit.findings = known?.body?.findings ?? []
    edit.why = known ? known.message : String(error)
    if (edit.findings.length) edit.why = edit.findings.map((one) => one.message).join(t('ledgers.separator'))
    if (edit.state === 'waiting') setTimeout(() => void save(id), kAgain)
  }

  // Somebody else wrote the row. Other cells of it: both stand. The same cell: who typed decides.
  function outrun(id: string, cells: RowEdit['cells'], before: Row, now: Row, by: string, at: string): void {
    const edit = edits.get(id)
    if (!edit) return
    const value = (row: Row, column: string) => (column === kPlace ? row.place : (row.values[column] ?? null))
    const clashing: Conflict['columns'] = []
    for (const [column, cell] of Object.entries(cells)) {
      const found = columns().find((one) => one.id === column)
      if (value(now, column) === cell.text) delete edit.cells[column]
      else if (found && (value(before, column) !== value(now, column) || isMasked(found, now)))
        clashing.push({ column: found, yours: cell.shown, before })
    }
    rows.replace(now)
    edit.base = now
    if (!clashing.length) {
      if (!Object.keys(edit.cells).length) edits.delete(id)
      // Left as saving: the rest goes out again upon what stands now.
      return
    }
    edit.state = 'refused'
    edit.why = t('ledgers.outrunBy', { by })
    conflict.value = { id, by, at, current: now, columns: clashing }
  }

  function settle(mine: boolean): void {
    const open = conflict.value
    conflict.value = null
    if (!open) return
    if (mine) {
      void save(open.id)
      return
    }
    for (const { column } of open.columns) forget(open.id, column.id)
  }

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    problem.value = ''
    said.value = ''
    try {
      await work()
      return true
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
      return false
    }
  }

  async function remove(row: Row): Promise<boolean> {
    return attempt(async () => {
      await api.remove(type.id, row.id, row.version)
      edits.delete(row.id)
      steps.value.push({ kind: 'delete', id: row.id })
      said.value = t('ledgers.said.deleted')
      await reload()
    })
  }

  async function restore(id: string): Promise<boolean> {
    return attempt(async () => {
      await api.restore(type.id, id)
      said.value = t('ledgers.said.restored')
      await reload()
    })
  }

  function created(row: Row): void {
    steps.value.push({ kind: 'create', id: row.id })
    said.value = t('ledgers.said.added')
  }

  function pasted(batch: string, changed: number): void {
    steps.value.push({ kind: 'bulk', batch })
    said.value = t('ledgers.said.written', { count: changed }, changed)
  }

  async function back(step: Step): Promise<void> {
    const id = step.id ?? ''
    if (step.kind === 'bulk') await api.undoBatch(step.batch ?? '')
    else if (step.kind === 'delete') await api.restore(type.id, id)
    else if (step.kind === 'create') await api.remove(type.id, id, (await api.row(type.id, id)).version)
    else {
      const answer = await api.revert(type.id, id, step.after ?? '', step.from ?? '')
      rows.replace(answer)
      // The row stands as that version did: what was done before it can be taken back too.
      for (const other of steps.value)
        if (other.id === id && other.after === step.from) other.after = answer.version
      return
    }
    await reload()
  }

  async function undo(): Promise<void> {
    const step = steps.value[steps.value.length - 1]
    if (!step) return
    const done = await attempt(() => back(step))
    steps.value = steps.value.slice(0, -1)
    if (done) said.value = t(`ledgers.undone.${step.kind}`)
  }

  // What is being typed in a cell that was not left yet.
  const typing = shallowRef<{ row: Row; column: Column; cell: TypedCell } | null>(null)

  function whileTyping(row: Row, column: Column, cell: TypedCell): void {
    typing.value = { row, column, cell }
  }
  function notTyping(): void {
    typing.value = null
  }

  // Personal values are left out: this is kept on the machine.
  function unsent(): UnsentRow[] {
    const kept = new Map<string, UnsentRow>()
    const add = (row: Row, id: string, cell: TypedCell) => {
      const column = columns().find((one) => one.id === id)
      if (!column || column.field.personal || column.field.secret) return
      const { version, state, place, place_name } = row
      const one = kept.get(row.id) ?? {
        base: { id: row.id, version, state, place, place_name, values: {}, precision: {} },
        cells: {},
      }
      one.base.values[id] = row.values[id] ?? null
      one.cells[id] = cell
      kept.set(row.id, one)
    }
    for (const edit of edits.values())
      for (const [id, cell] of Object.entries(edit.cells)) add(edit.base, id, cell)
    if (typing.value) add(typing.value.row, typing.value.column.id, typing.value.cell)
    return [...kept.values()]
  }

  // As if it were typed now, upon the rows as they stood then.
  function resume(kept: UnsentRow[]): void {
    for (const { base, cells } of kept) {
      edits.set(base.id, { ...begun(base), cells: { ...cells } })
      void save(base.id)
    }
  }

  const unsaved = computed(() => [...edits.values()].filter((one) => Object.keys(one.cells).length))
  const state = computed(() => {
    if (unsaved.value.some((one) => one.state === 'saving')) return 'saving'
    if (unsaved.value.length) return 'unsaved'
    return saved.value ? 'saved' : ''
  })
  const why = computed(() => unsaved.value.find((one) => one.state !== 'saving')?.why ?? '')

  return {
    edits,
    conflict,
    said,
    problem,
    warnings,
    state,
    why,
    unsaved,
    steps,
    whileTyping,
    notTyping,
    unsent,
    resume,
    type: type_,
    forget,
    save,
    settle,
    remove,
    restore,
    created,
    pasted,
    undo,
    newKey,
  }
}

export type Edits = ReturnType<typeof useEdits>
