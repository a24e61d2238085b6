// What a field may be filled with: choices and yes/no from the definition, villages, rows of another ledger asked of
// the server. Narrowed by part of the name or by pinyin initials.
import { ref, shallowRef, watch, type Ref } from 'vue'
import { api } from '@/api/client'
import type { Field, Village } from '@/api/types'
import { matches } from '@/composables/pinyin'
import type { Option } from '@/composables/useChoosing'
import { t } from '@/i18n'
import { kPlace } from './columns'

const kDelay = 150
const kShown = 200

export function hasOptions(field: Field): boolean {
  return !!field.choices?.length || field.type === 'bool' || field.type === 'ref'
}

export function ownOptions(field: Field, villages: Village[]): Option[] {
  if (field.id === kPlace)
    return villages.map((village) => ({ value: village.code, name: village.name, note: '' }))
  if (field.type === 'bool')
    return [
      { value: '是', name: t('ledgers.yes'), note: '' },
      { value: '否', name: t('ledgers.no'), note: '' },
    ]
  return (field.choices ?? []).map((choice) => ({ value: choice, name: choice, note: '' }))
}

// `typed`: absent while everything is offered. `near`: the place whose rows come first.
export function useOptions(
  field: Ref<Field | null>,
  typed: Ref<string | null>,
  near: Ref<string>,
  villages: () => Village[],
) {
  const options = shallowRef<Option[]>([])
  const more = ref(false)
  const problem = ref('')
  const looking = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked: AbortController | undefined

  async function ask(of: Field) {
    asked?.abort()
    asked = new AbortController()
    looking.value = true
    try {
      const answer = await api.lookup(of.to ?? '', typed.value ?? '', near.value, asked.signal)
      options.value = answer.rows.map((one) => ({ value: one.id, name: one.title, note: '' }))
      more.value = answer.more
      problem.value = ''
    } catch (error) {
      if (error instanceof DOMException) return
      problem.value = error instanceof Error ? error.message : String(error)
    }
    looking.value = false
  }

  watch(
    [field, typed],
    ([of], [before]) => {
      clearTimeout(timer)
      if (!of || !hasOptions(of)) {
        options.value = []
        return
      }
      more.value = false
      if (of.type === 'ref' && of.to !== kPlace) {
        if (of !== before) options.value = []
        timer = setTimeout(() => void ask(of), of !== before ? 0 : kDelay)
        return
      }
      const all = ownOptions(of.to === kPlace ? { ...of, id: kPlace } : of, villages())
      const text = typed.value ?? ''
      const found = all.filter((one) => matches(one.name, text))
      // What begins as typed comes first.
      found.sort((a, b) => Number(b.name.startsWith(text)) - Number(a.name.startsWith(text)))
      options.value = found.slice(0, kShown)
      more.value = found.length > kShown
    },
    { immediate: true },
  )
  return { options, more, problem, looking }
}
