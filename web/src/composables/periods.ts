// Periods as text: 2023, 2023Q4, 2023-06.

export type Grain = 'year' | 'quarter' | 'month'

export function grainOf(period: string): Grain {
  return period.includes('Q') ? 'quarter' : period.includes('-') ? 'month' : 'year'
}

const yearOf = (period: string) => Number(period.slice(0, 4))
const two = (number: number) => String(number).padStart(2, '0')

// The period of a grain that holds a day.
export function periodAt(day: string, grain: Grain): string {
  const month = Number(day.slice(5, 7))
  if (grain === 'year') return day.slice(0, 4)
  return grain === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}Q${Math.ceil(month / 3)}`
}

// The one just before.
export function previousPeriod(period: string): string {
  const year = yearOf(period)
  const part = Number(period.slice(5))
  switch (grainOf(period)) {
    case 'quarter':
      return part > 1 ? `${year}Q${part - 1}` : `${year - 1}Q4`
    case 'month':
      return part > 1 ? `${year}-${two(part - 1)}` : `${year - 1}-12`
    default:
      return String(year - 1)
  }
}

// The same one a year earlier.
export function yearBefore(period: string): string {
  return `${yearOf(period) - 1}${period.slice(4)}`
}

// The parts of a year that a grain has.
export function partsOfYear(year: string, grain: Grain): string[] {
  if (grain === 'year') return [year]
  if (grain === 'quarter') return [1, 2, 3, 4].map((quarter) => `${year}Q${quarter}`)
  return Array.from({ length: 12 }, (_, i) => `${year}-${two(i + 1)}`)
}
