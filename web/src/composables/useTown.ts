// The town, asked once; the period that the pages look at, kept in the address so that a link shows the same figures.
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/api/client'
import type { Town } from '@/api/types'
import { locale } from '@/i18n'

const town = shallowRef<Town | null>(null)
// The latest year with data, until somebody chooses another.
const first = ref('')
let asked: Promise<void> | null = null

async function open(): Promise<void> {
  const answer = await api.town()
  first.value = remembered(answer.code) ?? (await latestYear(defaultPeriod(answer.today)))
  town.value = answer
}

// Its lines and reports are named in the other language; where that fails the old names stand.
watch(locale, async () => {
  if (town.value) town.value = await api.town().catch(() => town.value)
})

export function useTown() {
  asked ??= open()
  return { town, ready: asked }
}

// Until the new year's figures are in, the year that is reported is the one before.
export function defaultPeriod(today: string): string {
  const year = Number(today.slice(0, 4))
  return String(Number(today.slice(5, 7)) >= 10 ? year : year - 1)
}

const kYearsBack = 6

// The newest year, from `from` back, for which anything was returned; `from` where nothing was.
export async function latestYear(from: string): Promise<string> {
  for (let year = Number(from); year > Number(from) - kYearsBack; year--) {
    const returns = await api.returns(String(year)).catch(() => [])
    if (returns.some((one) => one.returned > 0)) return String(year)
  }
  return from
}

export function usePeriod() {
  const route = useRoute()
  const router = useRouter()
  const period = computed({
    get: () => {
      const written = route.query.period
      return typeof written === 'string' && written ? written : first.value
    },
    set: (value: string) => {
      remember(town.value?.code ?? '', value)
      first.value = value
      void router.replace({ query: { ...route.query, period: value } })
    },
  })
  return { period }
}

function remembered(code: string): string | null {
  try {
    return sessionStorage.getItem(`zhenwu.period.${code}`)
  } catch {
    return null
  }
}

function remember(code: string, period: string): void {
  try {
    sessionStorage.setItem(`zhenwu.period.${code}`, period)
  } catch {
    // Private windows keep nothing: the address still says it.
  }
}
