// Work that is not yet on disk, kept on this machine for the person who is signed in, so that it outlives a browser that
// dies. Personal values do not belong here: a machine of the office is everybody's.
import { useSession } from '@/stores/session'

function keyOf(name: string): string {
  const { user } = useSession()
  return `zhenwu.kept.${user.value?.id ?? ''}.${name}`
}

// null where nothing is kept, or nothing that can be read.
export function readKept<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') as T | null
  } catch {
    return null
  }
}

// null forgets.
export function keep(name: string, work: unknown): void {
  try {
    if (work === null) localStorage.removeItem(keyOf(name))
    else localStorage.setItem(keyOf(name), JSON.stringify(work))
  } catch {
    // Private windows and full disks keep nothing: the page works as before.
  }
}
