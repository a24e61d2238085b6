// The editable box of a paragraph: text is typed, figures are chips that are taken or left whole.
// Built through the DOM, never re-rendered while somebody types: a composition stays whole.
import { ref, type Ref } from 'vue'
import type { Slot } from '@/api/types'
import { chipText, pieces, type Names } from './slotText'

export function useParagraphBox(box: Ref<HTMLElement | null>, slots: () => Map<string, Slot>) {
  const names = ref<Names>({})
  // Where the next chip goes: the caret as it was when the box lost the focus.
  let caret: Range | null = null

  function chip(raw: string): HTMLElement {
    const span = document.createElement('span')
    span.className = 'chip'
    span.contentEditable = 'false'
    span.dataset.raw = raw
    span.textContent = chipText(raw, slots(), names.value)
    return span
  }

  function write(text: string) {
    box.value?.replaceChildren(
      ...pieces(text).map((one) => (one.chip ? chip(one.raw) : document.createTextNode(one.raw))),
    )
  }

  function read(): string {
    const text = (node: Node): string =>
      node instanceof HTMLElement && node.dataset.raw !== undefined
        ? node.dataset.raw
        : node.nodeType === Node.TEXT_NODE
          ? (node.textContent ?? '')
          : Array.from(node.childNodes, text).join('')
    return box.value
      ? text(box.value)
          .replace(/[\n\u00a0]/g, ' ')
          .trim()
      : ''
  }

  function nameChips(known: Names) {
    names.value = known
    for (const one of box.value?.querySelectorAll<HTMLElement>('.chip') ?? [])
      one.textContent = chipText(one.dataset.raw ?? '', slots(), known)
  }

  function keepCaret() {
    const selection = getSelection()
    if (selection?.rangeCount && box.value?.contains(selection.anchorNode)) caret = selection.getRangeAt(0)
  }

  // At the caret, else at the end.
  function insert(node: Node) {
    if (!box.value) return
    const range = caret ?? document.createRange()
    if (!caret) {
      range.selectNodeContents(box.value)
      range.collapse(false)
    }
    range.deleteContents()
    range.insertNode(node)
    range.setStartAfter(node)
    range.collapse(true)
    box.value.focus()
    getSelection()?.removeAllRanges()
    getSelection()?.addRange(range)
    caret = null
  }

  return {
    names,
    write,
    read,
    nameChips,
    keepCaret,
    insertChip: (raw: string) => insert(chip(raw)),
    insertText: (text: string) => insert(document.createTextNode(text)),
  }
}
