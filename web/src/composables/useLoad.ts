// Loads something and says how far it is; a newer load makes an older one's answer void. What is shown is asked again when
// the language is switched: the program names things in it.
import { ref, shallowRef, watch } from 'vue'
import { locale } from '@/i18n'

export function useLoad<T>() {
  const value = shallowRef<T | null>(null)
  const error = ref('')
  const loading = ref(false)
  let newest = 0
  let last: (() => Promise<T>) | null = null

  async function load(work: () => Promise<T>): Promise<void> {
    const mine = ++newest
    last = work
    loading.value = true
    error.value = ''
    try {
      const result = await work()
      if (mine === newest) value.value = result
    } catch (problem) {
      if (mine === newest) error.value = problem instanceof Error ? problem.message : String(problem)
    } finally {
      if (mine === newest) loading.value = false
    }
  }
  watch(locale, () => last && load(last))
  return { value, error, loading, load }
}
