// One thing sent by a form: busy while it is under way, what went wrong in the program's own words.
import { ref } from 'vue'

export function useSubmit() {
  const busy = ref(false)
  const error = ref('')

  // True when it was done.
  async function submit(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = ''
    try {
      await work()
      return true
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, error, submit }
}
