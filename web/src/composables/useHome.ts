// Where somebody begins: a clerk with what is asked of their village, the others with what they may read.
import { computed } from 'vue'
import { useSession } from '@/stores/session'

export function useHome() {
  const { user } = useSession()
  const isClerk = computed(() => user.value?.role === 'village_clerk')
  // A report is of the whole town: who is in charge of some villages has none.
  const home = computed(() => (isClerk.value ? '/' : user.value?.places.length ? '/ledgers' : '/report'))
  return { isClerk, home }
}
