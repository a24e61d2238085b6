// Names of indicators: explanations of derived figures name their inputs by id. Asked once.
import { shallowRef } from 'vue'
import { api } from '@/api/client'

const names = shallowRef(new Map<string, string>())
let asked = false

export function useIndicators(period: string) {
  if (!asked) {
    asked = true
    api
      .figures(period, '')
      .then((list) => {
        names.value = new Map(list.map((one) => [one.id, one.name]))
      })
      .catch(() => {
        // Ids are shown until the next panel asks again.
        asked = false
      })
  }
  return { nameOf: (indicator: string) => names.value.get(indicator) ?? indicator }
}
