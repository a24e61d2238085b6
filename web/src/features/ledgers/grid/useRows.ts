// The rows of a long ledger, in blocks as they are looked at: a block beside a known one by its cursor, one far away by
// the number of rows before it.
import { ref, shallowRef } from 'vue'
import type { Row, RowPage } from '@/api/types'

export const kBlock = 100
const kKept = 60

export interface PageQuestion {
  after?: string
  skip?: number
  limit: number
  counted: boolean
}

export function useRows(ask: (question: PageQuestion) => Promise<RowPage>) {
  const count = ref(0)
  const known = ref(false)
  const error = ref('')
  const loading = ref(0)
  // Grows with everything that arrives or changes.
  const changed = ref(0)
  const oldest = shallowRef<number[]>([])
  let blocks = new Map<number, Row[]>()
  let cursors = new Map<number, string>([[0, '']])
  let under = new Map<number, Promise<void>>()
  let generation = 0

  const at = (index: number): Row | undefined => blocks.get(Math.floor(index / kBlock))?.[index % kBlock]

  function take(block: number, page: RowPage) {
    blocks.set(block, page.rows)
    if (page.next) cursors.set(block + 1, page.next)
    if (typeof page.count === 'number') {
      count.value = page.count
      known.value = true
    }
    oldest.value = [...oldest.value.filter((one) => one !== block), block]
    while (oldest.value.length > kKept) {
      const [first = 0, ...rest] = oldest.value
      blocks.delete(first)
      oldest.value = rest
    }
    changed.value += 1
  }

  function load(block: number): Promise<void> {
    const running = under.get(block)
    if (running) return running
    const mine = generation
    const after = cursors.get(block)
    const where = after !== undefined ? { after } : { skip: block * kBlock }
    loading.value += 1
    const work = ask({ ...where, limit: kBlock, counted: !known.value })
      .then((page) => {
        if (mine !== generation) return
        error.value = ''
        take(block, page)
      })
      .catch((problem: unknown) => {
        if (mine === generation) error.value = problem instanceof Error ? problem.message : String(problem)
      })
      .finally(() => {
        loading.value -= 1
        if (mine === generation) under.delete(block)
      })
    under.set(block, work)
    return work
  }

  // Everything from `first` to `last` (not included), and what will be looked at next.
  async function need(first: number, last: number): Promise<void> {
    const from = Math.max(0, Math.floor(first / kBlock))
    const to = Math.max(from, Math.floor(Math.max(first, last - 1) / kBlock))
    const wanted: Promise<void>[] = []
    for (let block = from; block <= to; block++) if (!blocks.has(block)) wanted.push(load(block))
    await Promise.all(wanted)
    for (const block of [to + 1, from - 1])
      if (block >= 0 && block * kBlock < count.value && !blocks.has(block)) void load(block)
  }

  // All is asked anew.
  async function reset(first = 0, last = kBlock): Promise<void> {
    generation += 1
    blocks = new Map()
    cursors = new Map([[0, '']])
    under = new Map()
    oldest.value = []
    known.value = false
    await need(first, last)
  }

  function indexOf(id: string): number {
    for (const [block, rows] of blocks) {
      const found = rows.findIndex((row) => row.id === id)
      if (found >= 0) return block * kBlock + found
    }
    return -1
  }

  function find(id: string): Row | undefined {
    const index = indexOf(id)
    return index < 0 ? undefined : at(index)
  }

  // The row as it stands now, in its place.
  function replace(row: Row): void {
    const index = indexOf(row.id)
    if (index < 0) return
    const rows = blocks.get(Math.floor(index / kBlock))
    if (rows) rows[index % kBlock] = row
    changed.value += 1
  }

  const has = (first: number, last: number) => {
    for (let index = first; index < last; index++) if (!at(index)) return false
    return true
  }
  return { count, known, error, loading, changed, at, has, need, reset, find, indexOf, replace }
}

export type Rows = ReturnType<typeof useRows>
