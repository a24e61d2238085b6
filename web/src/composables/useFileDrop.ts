// Files dropped anywhere on the page while whoever asks is on it.
import { onBeforeUnmount, onMounted, ref } from 'vue'

// `over`: files hang over the page and would be taken.
export function useFileDrop(locked: () => boolean, take: (data: DataTransfer) => void) {
  const over = ref(false)
  // Entering an element and leaving the one before come in turn: the count is nought outside of all.
  let depth = 0

  const holdsFiles = (event: DragEvent) => !!event.dataTransfer?.types.includes('Files')
  function onEnter(event: DragEvent) {
    if (!holdsFiles(event)) return
    depth += 1
    over.value = !locked()
  }
  function onLeave(event: DragEvent) {
    if (!holdsFiles(event)) return
    depth = Math.max(0, depth - 1)
    over.value = depth > 0 && !locked()
  }
  // Without this the browser would open the file in place of the page.
  function onOver(event: DragEvent) {
    if (!holdsFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = locked() ? 'none' : 'copy'
  }
  function onDrop(event: DragEvent) {
    if (!holdsFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    depth = 0
    over.value = false
    if (!locked()) take(event.dataTransfer)
  }
  const listeners = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop }
  onMounted(() => {
    for (const [name, work] of Object.entries(listeners)) addEventListener(name, work as EventListener)
  })
  onBeforeUnmount(() => {
    for (const [name, work] of Object.entries(listeners)) removeEventListener(name, work as EventListener)
  })
  return { over }
}
