// The columns of a ledger's table: the place, then fields; which of them are shown is remembered on this machine.
import type { Field, RecordType, Village } from '@/api/types'
import { isNumber } from '@/composables/wording'
import { t } from '@/i18n'

export const kPlace = 'place'

export interface Column {
  id: string
  field: Field
  // Set by the program, not typed.
  fixed: boolean
  width: number
}

// The place as a field, so that a cell of it is edited like any other.
export function placeField(type: RecordType, villages: Village[]): Field {
  return {
    id: kPlace,
    name: type.place_name || t('ledgers.village'),
    name_en: 'place',
    type: 'choice',
    unit: '',
    scale: 0,
    group: '',
    help: '',
    required: true,
    personal: false,
    secret: false,
    computed: false,
    hidden: false,
    choices: villages.map((village) => village.name),
  }
}

const kLetter = 15
const widths: { [type: string]: number } = {
  bool: 4,
  int: 7,
  decimal: 8,
  ratio: 7,
  date: 8,
  period: 9,
  ref: 13,
  choice: 8,
  text: 10,
}

// In Chinese letters: of others two stand where one of those does, or nearly.
function lengthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter < '\u2e80' ? 0.58 : 1), 0)
}

function widthOf(field: Field): number {
  const heading = lengthOf(field.name) + (field.unit ? lengthOf(field.unit) + 2 : 0) + 1.5
  return Math.round(Math.min(22, Math.max(widths[field.type] ?? 8, heading)) * kLetter + 16)
}

export function allColumns(type: RecordType, villages: Village[]): Column[] {
  return [placeField(type, villages), ...type.fields]
    .filter((field) => !field.hidden)
    .map((field) => ({ id: field.id, field, fixed: field.computed, width: widthOf(field) }))
}

function keyOf(town: string, record: string): string {
  return `zhenwu.columns.${town}.${record}`
}

// Ids in the order of the definition. What the definition no longer has is forgotten.
export function chosenColumns(town: string, type: RecordType): string[] {
  const usual = [kPlace, ...type.list.filter((id) => id !== kPlace)]
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(town, type.id)) ?? 'null')
    if (!Array.isArray(kept)) return usual
    const ids = kept.filter((id): id is string => id === kPlace || type.fields.some((one) => one.id === id))
    return ids.length ? ids : usual
  } catch {
    return usual
  }
}

export function keepColumns(town: string, type: RecordType, ids: string[]): void {
  try {
    localStorage.setItem(keyOf(town, type.id), JSON.stringify(ids))
  } catch {
    // Private windows keep nothing: the usual columns come back.
  }
}

export const alignsRight = (column: Column) => isNumber(column.field)
