// A value that stands in the address, so that a link shows the same.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  const textOf = (name: string) => {
    const written = route.query[name]
    return typeof written === 'string' ? written : ''
  }
  const set = (values: { [name: string]: string }) => {
    const query = { ...route.query }
    for (const [name, value] of Object.entries(values)) {
      if (value) query[name] = value
      else delete query[name]
    }
    return router.replace({ query })
  }
  const inAddress = (name: string) =>
    computed({ get: () => textOf(name), set: (value: string) => void set({ [name]: value }) })
  return { inAddress, textOf, set }
}
