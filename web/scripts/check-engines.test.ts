import { describe, expect, it } from 'vitest'
import { outOfRange } from './check-engines.mjs'

const lock = (engines?: string) => ({
  name: 'house',
  packages: {
    '': { version: '1.0.0' },
    'node_modules/brick': { version: '2.0.0', engines: engines ? { node: engines } : undefined },
  },
})

describe('engines of the lock file', () => {
  it('refuses a package that needs a newer Node, by name', () => {
    expect(outOfRange(lock('>=20'))).toEqual(['node_modules/brick 2.0.0: >=20'])
    expect(outOfRange(lock('20 || >=22'))).toHaveLength(1)
    expect(outOfRange(lock('^18.20.5 || >=20'))).toHaveLength(1)
  })

  it('lets through what Debian 12 has, or what asks nothing', () => {
    expect(outOfRange(lock('^18.18.0 || >=20.9'))).toEqual([])
    expect(outOfRange(lock('>=0.12'))).toEqual([])
    expect(outOfRange(lock())).toEqual([])
  })
})
