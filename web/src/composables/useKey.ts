// A create's name (Idempotency-Key): the same while the same is tried again, so that after a lost answer nothing is made twice;
// another once it was made, or for anything else.
import { newKey } from '@/api/client'

export function useKey() {
  let tried = { asked: '', key: newKey() }

  // `send` with the key of `asked`.
  async function once<T>(asked: unknown, send: (key: string) => Promise<T>): Promise<T> {
    const text = JSON.stringify(asked)
    if (tried.asked !== text) tried = { asked: text, key: newKey() }
    const made = await send(tried.key)
    tried = { asked: '', key: newKey() }
    return made
  }
  return { once }
}
