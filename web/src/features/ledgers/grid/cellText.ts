// What a cell shows, and what stands in its box when it is edited.
import type { Row } from '@/api/types'
import { fieldText } from '@/composables/wording'
import { kPlace, type Column } from './columns'

export function shownText(column: Column, row: Row): string {
  return column.id === kPlace ? row.place_name : fieldText(column.field, row)
}

export function isMasked(column: Column, row: Row): boolean {
  return (column.field.personal || column.field.secret) && !!row.values[column.id]
}

// A masked value is not put back into the box: what is typed replaces it.
export function editText(column: Column, row: Row): string {
  if (column.id === kPlace) return row.place_name
  if (isMasked(column, row)) return ''
  const value = row.values[column.id]
  if (value === null || value === undefined) return ''
  if (column.field.type === 'date') {
    const known = row.precision[column.id]
    return known === 'year' ? value.slice(0, 4) : known === 'month' ? value.slice(0, 7) : value
  }
  return column.field.type === 'bool' || column.field.type === 'ref' ? shownText(column, row) : value
}
