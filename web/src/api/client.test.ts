import { afterEach, describe, expect, it, vi } from 'vitest'
import { address, api, ApiProblem } from './client'

describe('address', () => {
  it('leaves out what is not asked', () => {
    expect(address('/records/plot', { filter: '', after: undefined, limit: 50 })).toBe(
      '/api/v1/records/plot?limit=50',
    )
    expect(address('/town')).toBe('/api/v1/town')
  })
  it('encodes formulas and Chinese', () => {
    const url = new URL(address('/records/a', { filter: "kind = '肉牛' and n >= 20 & x" }), 'http://x')
    expect(url.searchParams.get('filter')).toBe("kind = '肉牛' and n >= 20 & x")
  })
})

describe('answers', () => {
  afterEach(() => vi.unstubAllGlobals())

  it("a problem keeps the program's own words and code", async () => {
    const body = { code: 'not_found', title: '没有这个指标', status: 404 }
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status: 404 })))
    const problem = await api.figure('a', '2023', '').catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ code: 'not_found', status: 404, message: '没有这个指标' })
  })
  it('a program that does not answer is said in words', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    await expect(api.town()).rejects.toMatchObject({ code: 'offline' })
  })
})
