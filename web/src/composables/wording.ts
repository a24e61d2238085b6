// How figures and states read to people.
import type { Comparison, Figure } from '@/api/types'

export function valueText(figure: Pick<Figure, 'value' | 'unit'>): string {
  return figure.value === null ? '—' : figure.value
}

// filled, partial 17/18 … in words; empty for a figure that is simply there.
export function stateText(state: string): string {
  const [word, share] = state.split(' ')
  switch (word) {
    case 'filled':
      return ''
    case 'partial':
      return `缺报（${share}）`
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
  return `state-${state.split(' ')[0]}`
}

// 同比: +3.8%, −14.6%, 持平; the difference alone where the base allows no rate.
export function comparisonText(compare: Comparison | undefined): string {
  if (!compare || compare.difference === null) return '—'
  if (compare.percent === null) return signed(compare.difference)
  const percent = Number(compare.percent)
  if (percent === 0) return '持平'
  return `${signed(compare.percent)}%`
}

function signed(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`
}

// 2023-12-20T09:30:00.000+08:00 → 2023-12-20 09:30
export function timeText(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}

export function sourceText(file: string, sheet: string, row: string): string {
  if (!file) return '手工录入'
  return `${file}${sheet ? ` · ${sheet}` : ''}${row ? ` · 第${row}行` : ''}`
}
