// What a ledger is narrowed to, as the address says it: place=CODE, where.FIELD=text; new=1 opens an empty record.
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import type { RecordType } from '@/api/types'
import { useAddress } from '@/composables/useAddress'

const kWhere = 'where.'
type Texts = { [field: string]: string }

export function useLedgerAddress(type: () => RecordType) {
  const route = useRoute()
  const { inAddress, textOf, set } = useAddress()

  // Several at once: one step of the address.
  function narrow(to: { place?: string; filters?: Texts }) {
    const values: Texts = {}
    if (to.filters) {
      for (const name of Object.keys(route.query)) if (name.startsWith(kWhere)) values[name] = ''
      for (const [id, text] of Object.entries(to.filters)) values[kWhere + id] = text
    }
    if (to.place !== undefined) values.place = to.place
    return set(values)
  }

  // As text, so that a change elsewhere in the address is no new filter.
  const written = computed(() =>
    JSON.stringify(
      type()
        .fields.map((field) => [field.id, textOf(kWhere + field.id)])
        .filter(([, text]) => text),
    ),
  )
  const filters = computed({
    get: () => Object.fromEntries(JSON.parse(written.value) as [string, string][]) as Texts,
    set: (texts: Texts) => void narrow({ filters: texts }),
  })
  const adding = computed({
    get: () => textOf('new') === '1',
    set: (on: boolean) => void set({ new: on ? '1' : '' }),
  })
  // What a new record begins with: the period that is looked at, where its rows report one.
  const given = computed<Texts>(() => {
    const at = type().reported_at
    const period = at ? filters.value[at] : undefined
    return at && period ? { [at]: period } : {}
  })
  return { place: inAddress('place'), filters, adding, given, narrow }
}
