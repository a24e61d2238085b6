// How figures, states and values read to people.
import type { Comparison, Field, Figure, LedgerName, Return, Row, Slot } from '@/api/types'
import { locale, t } from '@/i18n'

const kStates = ['missing', 'no_base', 'forecast', 'adopted']

// Names one after another, as the language separates them.
export function listText(names: string[]): string {
  return names.join(t('common.comma'))
}

export function valueText(figure: Pick<Figure, 'value'>): string {
  return figure.value === null ? '—' : figure.value
}

// partial 17/18 … in words; empty for a figure that is simply there.
export function stateText(state: string): string {
  const [word, share] = state.split(' ')
  if (!word || word === 'filled') return ''
  if (word === 'partial') return t('wording.partial', { share: share ?? '' })
  return kStates.includes(word) ? t(`wording.state.${word}`) : state
}

export function stateClass(state: string): string {
  return `state-${state.split(' ')[0] || 'filled'}`
}

// 94.60 → 94.6, 100.00 → 100.
export function shortNumber(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

// 同比: +3.8%, −14.6%, 持平; of percentages +3.24个百分点; the difference alone where the base allows no rate.
export function comparisonText(compare: Comparison | undefined, unit = ''): string {
  if (compare?.uneven?.length) return t('wording.uneven')
  if (!compare || compare.difference === null) return '—'
  if (Number(compare.difference) === 0) return t('wording.same')
  if (unit === '%') return t('wording.points', { difference: signed(compare.difference) })
  if (compare.percent === null) return `${signed(compare.difference)}${unit}`
  return `${signed(compare.percent)}%`
}

function signed(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`
}

// 2023-12-20T09:30:00.000+08:00 → 2023-12-20 09:30
export function timeText(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}

// 2023 → 2023年, 2023Q4 → 2023年第四季度, 2023-06 → 2023年6月
export function periodText(period: string): string {
  const parts = /^(\d{4})(?:Q([1-4])|-(\d{2}))?$/.exec(period)
  if (!parts) return period
  const year = parts[1] ?? ''
  const part = partKey(period)
  return part
    ? t('wording.partOfYear', { year, part: t(`wording.part.${part}`) })
    : t('wording.year', { year })
}

// 2023Q4 → q4, 2023-06 → m6, whole years and what is no period → nothing.
function partKey(period: string): string {
  const parts = /^\d{4}(?:Q([1-4])|-(\d{2}))$/.exec(period)
  if (!parts) return ''
  return parts[1] ? `q${parts[1]}` : `m${Number(parts[2])}`
}

// A part of a year, its year being known: 第四季度, 6月.
export function partText(period: string): string {
  const part = partKey(period)
  return part ? t(`wording.part.${part}`) : periodText(period)
}

// The same as narrow as an axis wants it: 四季, 6.
export function axisPart(period: string): string {
  const part = partKey(period)
  return part ? t(`wording.axis.${part}`) : period
}

// Large numbers of an axis are told in 万 or thousands, so that they stand left of it.
export function axisNumber(value: number): string {
  if (Math.abs(value) < 100000) return String(value)
  return t('wording.many', { n: value / (locale.value === 'en' ? 1000 : 10000) })
}

export function sourceText(file: string, sheet: string, row: string): string {
  if (!file) return t('wording.byHand')
  return `${file}${sheet ? ` · ${sheet}` : ''}${row ? ` · ${t('wording.row', { row })}` : ''}`
}

export function isNumber(field: Pick<Field, 'type'>): boolean {
  return field.type === 'int' || field.type === 'decimal' || field.type === 'ratio'
}

// A date known to a year or month only shows no more than is known; ids read as what they name.
export function fieldText(field: Field, row: Row): string {
  const title = row.titles?.[field.id]
  if (title) return title
  const value = row.values[field.id]
  if (value === null || value === undefined) return ''
  switch (field.type) {
    case 'bool':
      return value === 'true' ? t('wording.yes') : t('wording.no')
    case 'period':
      return periodText(value)
    case 'date': {
      const known = row.precision[field.id]
      if (known === 'year') return periodText(value.slice(0, 4))
      return known === 'month' ? periodText(value.slice(0, 7)) : value
    }
    case 'ref':
      return t('wording.anotherRecord')
    default:
      return value
  }
}

const kNames = 6

// Who has not returned, by name as far as a line holds them.
export function missingText(one: Pick<Return, 'returned' | 'missing'>): string {
  if (!one.missing.length) return ''
  if (!one.returned) return t('wording.noneReturned')
  const names = listText(one.missing.slice(0, kNames).map((village) => village.name))
  const count = one.missing.length
  return count > kNames ? t('wording.lacksMore', { names, count }) : t('wording.lacks', { names })
}

// Why a slot waits, without the name it stands under.
// The program says it in Chinese; in English what kind it is, and how many villages are missing.
export function whyText(slot: Pick<Slot, 'label' | 'pending' | 'kind' | 'missing'>): string {
  if (locale.value === 'en')
    return slot.missing.length
      ? t('wording.lacksVillages', { count: slot.missing.length })
      : t(`wording.lacksOf.${slot.kind}`)
  const pending = slot.pending ?? ''
  const own = [`条件“${slot.label}”：`, slot.label].find((name) => name && pending.startsWith(name))
  return own ? pending.slice(own.length) : pending
}

// Slots that wait for the same ledgers, in the order of the report.
export function byLedgers(slots: Slot[]): { ledgers: LedgerName[]; slots: Slot[] }[] {
  const groups = new Map<string, { ledgers: LedgerName[]; slots: Slot[] }>()
  for (const slot of slots) {
    const key = slot.ledgers.map((ledger) => ledger.record).join(' ')
    const group = groups.get(key) ?? { ledgers: slot.ledgers, slots: [] }
    group.slots.push(slot)
    groups.set(key, group)
  }
  return [...groups.values()]
}
