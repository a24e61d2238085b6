// A side sheet takes the focus, closes on Esc and gives the focus back to what opened it.
import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue'

export function useEscape(sheet: Ref<HTMLElement | null>, close: () => void) {
  const before = document.activeElement
  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape') close()
  }
  onMounted(async () => {
    document.addEventListener('keydown', onKey)
    await nextTick()
    sheet.value?.focus()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('keydown', onKey)
    if (before instanceof HTMLElement && before.isConnected) before.focus()
  })
}
