// What is typed under the headings → what the program is asked. A text is looked for inside the field's; a choice is a
// formula; a number or date may carry ≥ ≤ > < = and is one too.
import type { Field } from '@/api/types'
import { t } from '@/i18n'

const comparison = /^\s*(>=|<=|<>|=|>|<|≥|≤)?\s*(.+?)\s*$/

export function quoted(text: string): string {
  return `'${text.replace(/'/g, "''")}'`
}

function operator(written: string | undefined): string {
  if (written === '≥') return '>='
  if (written === '≤') return '<='
  return written ?? '='
}

function dateCondition(field: string, sign: string, value: string): string | null {
  const year = /^(\d{4})年?$/.exec(value)?.[1]
  return year ? `year(${field}) ${sign} ${year}` : null
}

function condition(field: Field, text: string): string | null {
  const parts = comparison.exec(text)
  const value = parts?.[2]
  if (!value) return null
  const sign = operator(parts?.[1])
  if (field.type === 'int' || field.type === 'decimal') {
    return /^-?\d+(\.\d+)?$/.test(value) ? `${field.id} ${sign} ${value}` : null
  }
  if (field.type === 'bool') return value === 'true' ? field.id : `not ${field.id}`
  if (field.type === 'period' && /^\d{4}(Q[1-4]|-\d{2})$/.test(value)) return `${field.id} ${sign} '${value}'`
  if (field.type === 'date' || field.type === 'period') return dateCondition(field.id, sign, value)
  // Only numbers and dates have an order: before anything else the sign is part of the text.
  return `${field.id} = ${quoted(text.trim())}`
}

// What would be right, where what was typed cannot be a condition; empty where it can.
export function filterProblem(field: Field, text: string): string {
  if (!text.trim() || condition(field, text)) return ''
  return field.type === 'date' || field.type === 'period' ? t('ledgers.needsYear') : t('ledgers.needsNumber')
}

export function filterFormula(filters: { [field: string]: string }, fields: Field[]): string {
  const conditions: string[] = []
  for (const field of fields) {
    if (field.type === 'text') continue
    const text = filters[field.id]
    const one = text ? condition(field, text) : null
    if (one) conditions.push(one)
  }
  return conditions.join(' and ')
}

// Field → text that it must hold somewhere.
export function containsOf(
  filters: { [field: string]: string },
  fields: Field[],
): { [field: string]: string } {
  const texts = fields
    .filter((field) => field.type === 'text')
    .map((field) => [field.id, (filters[field.id] ?? '').trim()] as const)
  return Object.fromEntries(texts.filter(([, text]) => text))
}
