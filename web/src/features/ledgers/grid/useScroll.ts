// A long list in a short box: which rows are looked at. Rows are painted when they are there; until then those painted
// before stay, so that nothing is ever blank. The scroll bar is a piece of paper as high as all rows, or as a browser
// allows.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { Row } from '@/api/types'
import type { Rows } from './useRows'

export const kRow = 33
const kHighest = 16_000_000
const kLittle = 0.01

export interface Painted {
  first: number
  rows: Row[]
}

export function useScroll(box: Ref<HTMLElement | null>, head: Ref<number>, rows: Rows) {
  const high = ref(400)
  const top = ref(0)
  const page = computed(() => Math.max(1, Math.floor((high.value - head.value) / kRow)))
  const paper = computed(() => Math.min(kHighest, head.value + rows.count.value * kRow))
  const painted = shallowRef<Painted>({ first: 0, rows: [] })
  const last = computed(() => Math.min(rows.count.value, top.value + page.value + 1))

  const most = () => Math.max(0, rows.count.value - page.value)
  function firstAt(scrolled: number): number {
    const range = paper.value - high.value
    if (range <= 0) return 0
    const whole = head.value + rows.count.value * kRow <= kHighest
    const first = whole ? Math.ceil(scrolled / kRow - kLittle) : Math.round((scrolled / range) * most())
    return Math.max(0, Math.min(first, most()))
  }
  function onScroll(): void {
    if (box.value) top.value = firstAt(box.value.scrollTop)
  }
  function scrollTo(first: number): void {
    const el = box.value
    if (!el) return
    const wanted = Math.max(0, Math.min(first, most()))
    const range = paper.value - high.value
    const whole = head.value + rows.count.value * kRow <= kHighest
    el.scrollTop = whole ? wanted * kRow : Math.round((wanted / Math.max(1, most())) * range)
    top.value = wanted
  }
  // The row comes into sight, by as little as it takes.
  function show(row: number): void {
    if (row < top.value) scrollTo(row)
    else if (row >= top.value + page.value) scrollTo(row - page.value + 1)
  }

  function paint(): void {
    const end = Math.min(last.value, rows.count.value)
    if (!rows.has(top.value, end)) return
    const seen: Row[] = []
    for (let index = top.value; index < end; index++) {
      const row = rows.at(index)
      if (row) seen.push(row)
    }
    painted.value = { first: top.value, rows: seen }
  }
  watch([top, last, rows.changed], () => {
    if (rows.known.value && top.value > most()) top.value = most()
    void rows.need(top.value, last.value)
    paint()
  })

  let sized: ResizeObserver | undefined
  onMounted(() => {
    sized = new ResizeObserver(() => {
      high.value = box.value?.clientHeight ?? high.value
      onScroll()
    })
    if (box.value) sized.observe(box.value)
  })
  onBeforeUnmount(() => sized?.disconnect())
  return { high, top, page, paper, painted, onScroll, scrollTo, show }
}
