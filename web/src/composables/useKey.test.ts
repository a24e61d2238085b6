import { describe, expect, it } from 'vitest'
import { useKey } from './useKey'

describe('useKey', () => {
  it('keeps the key while the same is tried again, and takes another once it was made', async () => {
    const { once } = useKey()
    const keys: string[] = []
    const lost = async (key: string) => {
      keys.push(key)
      throw new Error('offline')
    }
    const made = async (key: string) => {
      keys.push(key)
      return 'made'
    }
    await expect(once({ why: 'a' }, lost)).rejects.toThrow('offline')
    expect(await once({ why: 'a' }, made)).toBe('made')
    await once({ why: 'a' }, made)
    await expect(once({ why: 'b' }, lost)).rejects.toThrow('offline')
    await once({ why: 'c' }, made)
    expect(keys[0]).toBe(keys[1])
    expect(new Set(keys).size).toBe(4)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  })
})
