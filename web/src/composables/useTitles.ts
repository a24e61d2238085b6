// How references read: a list gives the ids of the rows it refers to, the program knows their titles. Each is asked once.
import { reactive } from 'vue'
import { api } from '@/api/client'

const titles = reactive(new Map<string, string>())

export function useTitles() {
  function titleOf(record: string, id: string): string {
    const key = `${record}/${id}`
    const known = titles.get(key)
    if (known === undefined) void ask(key, record, id)
    return known ?? ''
  }
  return { titleOf }
}

async function ask(key: string, record: string, id: string): Promise<void> {
  await Promise.resolve()
  if (titles.has(key)) return
  titles.set(key, '')
  titles.set(
    key,
    await api.row(record, id).then(
      (row) => row.title,
      () => `第${id}号`,
    ),
  )
}
