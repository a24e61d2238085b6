// Changes of a returned document, one group a paragraph: it is taken over whole or not at all.
import type { Returned } from '@/api/editions'

type Change = Returned['sentences'][number]

export interface ParagraphChanges {
  key: string
  // Among all sentences.
  places: number[]
  changes: Change[]
}

export function changesByParagraph(sentences: Change[]): ParagraphChanges[] {
  const groups = new Map<string, ParagraphChanges>()
  sentences.forEach((change, place) => {
    // Paragraph 0: one that is new, or the title; each stands alone.
    const key = change.paragraph === '0' ? `new-${place}` : change.paragraph
    const group = groups.get(key) ?? { key, places: [], changes: [] }
    group.places.push(place)
    group.changes.push(change)
    groups.set(key, group)
  })
  return [...groups.values()]
}
