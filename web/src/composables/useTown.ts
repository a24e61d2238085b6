// The town, asked once; the period that the pages look at, kept in the address so that a link shows the same figures.
import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/api/client'
import type { Town } from '@/api/types'

const town = shallowRef<Town | null>(null)
let asked: Promise<void> | null = null

export function useTown() {
  asked ??= api.town().then((answer) => {
    town.value = answer
  })
  return { town, ready: asked }
}

// Until the new year's figures are in, the year that is reported is the one before.
export function defaultPeriod(today: string): string {
  const year = Number(today.slice(0, 4))
  return String(Number(today.slice(5, 7)) >= 10 ? year : year - 1)
}

export function usePeriod() {
  const route = useRoute()
  const router = useRouter()
  const period = computed({
    get: () => {
      const asked = route.query.period
      if (typeof asked === 'string' && asked) return asked
      return remembered() ?? defaultPeriod(town.value?.today ?? new Date().toISOString())
    },
    set: (value: string) => {
      try {
        localStorage.setItem('zhenwu.period', value)
      } catch {
        // Private windows keep nothing: the address still says it.
      }
      void router.replace({ query: { ...route.query, period: value } })
    },
  })
  return { period }
}

function remembered(): string | null {
  try {
    return localStorage.getItem('zhenwu.period')
  } catch {
    return null
  }
}
