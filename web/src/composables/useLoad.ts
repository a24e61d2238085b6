// Loads something and says how far it is; a newer load makes an older one's answer void.
import { ref, shallowRef } from 'vue'

export function useLoad<T>() {
  const value = shallowRef<T | null>(null)
  const error = ref('')
  const loading = ref(false)
  let newest = 0

  async function load(work: () => Promise<T>): Promise<void> {
    const mine = ++newest
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
  return { value, error, loading, load }
}
