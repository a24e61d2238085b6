// How figures, states and values read to people.
import type { Comparison, Field, Figure, Row } from '@/api/types'

export function valueText(figure: Pick<Figure, 'value'>): string {
  return figure.value === null ? '—' : figure.value
}

// partial 17/18 … in words; empty for a figure that is simply there.
export function stateText(state: string): string {
  const [word, share] = state.split(' ')
  switch (word) {
    case 'filled':
    case '':
      return ''
    case 'partial':
      return `缺报（已报${share}）`
    case 'missing':
      return '无数据'
    case 'no_base':
      return '无基数'
    case 'forecast':
      return '预计数'
    case 'adopted':
      return '采用数'
    default:
      return state
  }
}

export function stateClass(state: string): string {
  return `state-${state.split(' ')[0] || 'filled'}`
}

// 94.60 → 94.6, 100.00 → 100.
export function shortNumber(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

// 同比: +3.8%, −14.6%, 持平; the difference alone where the base allows no rate.
export function comparisonText(compare: Comparison | undefined, unit = ''): string {
  if (!compare || compare.difference === null) return '—'
  if (Number(compare.difference) === 0) return '持平'
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
  const [, year, quarter, month] = parts
  if (quarter) return `${year}年第${'一二三四'[Number(quarter) - 1]}季度`
  return month ? `${year}年${Number(month)}月` : `${year}年`
}

export function sourceText(file: string, sheet: string, row: string): string {
  if (!file) return '手工录入'
  return `${file}${sheet ? ` · ${sheet}` : ''}${row ? ` · 第${row}行` : ''}`
}

export function isNumber(field: Pick<Field, 'type'>): boolean {
  return field.type === 'int' || field.type === 'decimal' || field.type === 'ratio'
}

// A date known to a year or month only shows no more than is known. References read by useTitles.
export function fieldText(field: Field, row: Row): string {
  const value = row.values[field.id]
  if (value === null || value === undefined) return ''
  switch (field.type) {
    case 'bool':
      return value === 'true' ? '是' : '否'
    case 'period':
      return periodText(value)
    case 'date': {
      const known = row.precision[field.id]
      if (known === 'year') return periodText(value.slice(0, 4))
      return known === 'month' ? periodText(value.slice(0, 7)) : value
    }
    default:
      return value
  }
}
