import { describe, expect, it } from 'vitest'
import type { Slot } from '@/api/types'
import { chipText, pieces, slotFor } from './slotText'

const slot = (id: string, kind: string, key: string, text: string) => ({ id, kind, key, text }) as Slot
const slots = new Map(
  [slot('p9', 'figure', 'sheds', '249座'), slot('n1', 'name', 'town', '云溪镇')].map((one) => [one.id, one]),
)

describe('a paragraph cut into text and chips', () => {
  it('keeps every character', () => {
    const text = '建成{{p9=sheds}}{{if sheds.last > 0}}，{{sheds|较年初}}{{end}}。{未完'
    expect(
      pieces(text)
        .map((one) => one.raw)
        .join(''),
    ).toBe(text)
    expect(pieces(text).filter((one) => one.chip)).toHaveLength(4)
  })
  it('says what a slot reads today, else what it asks for', () => {
    const names = { sheds: '钢架大棚' }
    expect(chipText('{{p9=sheds}}', slots, names)).toBe('249座')
    expect(chipText('{{name:town}}', slots, names)).toBe('云溪镇')
    expect(chipText('{{sheds|较年初}}', slots, names)).toBe('钢架大棚·较年初')
    expect(chipText('{{if sheds.last > 0}}', slots, names)).toBe('如果 钢架大棚.last > 0：')
    expect(chipText('{{else}}', slots, names)).toBe('否则：')
  })
  it('writes the slot of what was picked', () => {
    expect(slotFor('sheds', '')).toBe('{{sheds}}')
    expect(slotFor('sheds', '同比')).toBe('{{sheds|同比}}')
  })
})
