import { describe, expect, it } from 'vitest'
import { changesByParagraph } from './changesByParagraph'

const change = (paragraph: string, now: string) => ({ paragraph, was: '', now, whole_paragraph: false })

describe('changes of a returned document', () => {
  it('are grouped by paragraph, new ones alone', () => {
    const groups = changesByParagraph([
      change('7', 'a'),
      change('0', 'b'),
      change('7', 'c'),
      change('0', 'd'),
    ])
    expect(groups.map((one) => [one.key, one.places])).toEqual([
      ['7', [0, 2]],
      ['new-1', [1]],
      ['new-3', [3]],
    ])
    expect(changesByParagraph([])).toEqual([])
  })
})
