// For tests: a field with nothing said about it but its id and `more`.
import type { Field } from '@/api/types'

export function fieldOf(id: string, more: Partial<Field> = {}): Field {
  return {
    id,
    name: id,
    name_en: id,
    type: 'text',
    unit: '',
    scale: 0,
    group: '',
    help: '',
    required: false,
    personal: false,
    secret: false,
    computed: false,
    hidden: false,
    ...more,
  }
}
