// A box with a look-up list: which entry the arrows stand on, and what the box's text comes to when it is left.
import { ref, watch, type Ref } from 'vue'

export interface Option {
  // What is sent.
  value: string
  name: string
  // Said beside it in small print.
  note: string
}

export function useChoosing(options: Ref<Option[]>, typed: Ref<string | null>) {
  const now = ref(-1)
  watch([options, typed], () => {
    now.value = typed.value && options.value.length ? 0 : -1
  })
  // True: the key was for the list.
  function key(event: KeyboardEvent): boolean {
    const last = options.value.length - 1
    if (last < 0) return false
    if (event.key === 'ArrowDown') now.value = now.value >= last ? 0 : now.value + 1
    else if (event.key === 'ArrowUp') now.value = now.value <= 0 ? last : now.value - 1
    else return false
    event.preventDefault()
    return true
  }
  // The entry chosen, or the one that reads as typed; absent: the text stands for itself.
  function chosen(text: string): Option | undefined {
    const exact = options.value.find((one) => one.name === text.trim())
    return options.value[now.value] ?? exact
  }
  return { now, key, chosen }
}
