// A paragraph as it is written, cut into what may be typed over and what may not.
import type { Slot } from '@/api/types'
import { t } from '@/i18n'

export interface Piece {
  raw: string
  // A slot or a word of a condition: shown as a chip, taken or left whole.
  chip: boolean
}

export function pieces(text: string): Piece[] {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .filter(Boolean)
    .map((raw) => ({ raw, chip: raw.startsWith('{{') && raw.endsWith('}}') }))
}

// Indicators by their id.
export type Names = { [id: string]: string }

function withNames(formula: string, names: Names): string {
  return formula.replace(/[a-z][a-z0-9_]*/g, (word) => names[word] ?? word)
}

// What the chip says: what the slot reads today, else what it asks for.
export function chipText(raw: string, slots: Map<string, Slot>, names: Names): string {
  const inner = raw.slice(2, -2).trim()
  if (inner.startsWith('if ')) return t('report.if', { formula: withNames(inner.slice(3), names) })
  if (inner === 'else') return t('report.else')
  if (inner === 'end') return t('report.end')
  const named = /^(name|phrase):(.+)$/.exec(inner)
  if (named) {
    const slot = [...slots.values()].find((one) => one.kind === named[1] && one.key === named[2])
    return slot?.text ?? named[2] ?? raw
  }
  const figure = /^(?:([A-Za-z0-9_]+)=)?([a-z][a-z0-9_]*)(.*)$/.exec(inner)
  if (!figure) return raw
  const [, id, indicator = '', rest = ''] = figure
  return (id && slots.get(id)?.text) || `${names[indicator] ?? indicator}${rest.replace(/\|/g, '·')}`
}

// The ways in which a figure is put into prose, by what stands behind its name in the slot.
export const kForms: { word: string; key: string }[] = [
  { word: '', key: 'value' },
  { word: '同比', key: 'yearOnYear' },
  { word: '环比', key: 'periodOnPeriod' },
  { word: '较年初', key: 'sinceYearStart' },
  { word: '完成率', key: 'completion' },
  { word: '目标', key: 'target' },
]

export function slotFor(indicator: string, word: string): string {
  return `{{${indicator}${word ? `|${word}` : ''}}}`
}
