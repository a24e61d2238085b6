// How returns read, and where each leads.
import type { PlaceReturn, Return } from '@/api/types'
import { grainOf } from '@/composables/periods'
import { timeText } from '@/composables/wording'
import { t } from '@/i18n'

export function stateWord(one: PlaceReturn): string {
  if (one.state === 'missing' && one.by_hand && one.has_rows) return t('returns.withdrawn')
  return t(`returns.state.${one.state}`)
}

// Who said so by hand, when and why; empty where rows say it. What was taken back without rows is owed as before.
export function saidText(one: PlaceReturn): string {
  if (!one.by_hand || (one.state === 'missing' && !one.has_rows)) return ''
  const at = one.at ? timeText(one.at) : ''
  return [one.by, at, one.why].filter(Boolean).join(' · ')
}

export interface Counts {
  owed: number
  returned: number
  zero: number
  missing: number
}

export function countsOf(returns: Return[]): Counts {
  const counts = { owed: 0, returned: 0, zero: 0, missing: 0 }
  for (const one of returns) {
    for (const place of one.places) {
      counts.owed += 1
      counts[place.state] += 1
    }
  }
  return counts
}

// The ledger's rows of that village and period.
export function ledgerQuery(one: Return, code: string): { [name: string]: string } {
  const grain = grainOf(one.period)
  const told = grain === one.every || grain === 'year' ? one.period : one.period.slice(0, 4)
  return { place: code, [`where.${one.at}`]: told, period: one.period.slice(0, 4) }
}

// Something can be said by hand for a period of the return's own grain only.
export const saysWhole = (one: Return) => grainOf(one.period) === one.every
