import { describe, expect, it } from 'vitest'
import { decimalsOf, digitsOf, padding } from './digits'

describe('digits in groups', () => {
  it('of three from the point, from five digits on', () => {
    expect(digitsOf('106644.38')).toEqual({ sign: '', groups: ['106', '644'], fraction: '.38' })
    expect(digitsOf('1172800')?.groups).toEqual(['1', '172', '800'])
    expect(digitsOf('20779')?.groups).toEqual(['20', '779'])
    expect(digitsOf('-23182')).toEqual({ sign: '-', groups: ['23', '182'], fraction: '' })
  })
  it('leaves years and small numbers whole, and what is no number alone', () => {
    expect(digitsOf('2023')?.groups).toEqual(['2023'])
    expect(digitsOf('0.125')).toEqual({ sign: '', groups: ['0'], fraction: '.125' })
    expect(digitsOf('2023-12-31')).toBeNull()
    expect(digitsOf('621***')).toBeNull()
    expect(digitsOf('—')).toBeNull()
  })
  it('written together they are the number again', () => {
    for (const text of ['106644.38', '-1172800', '999999999999.5', '12345']) {
      const digits = digitsOf(text)
      expect((digits?.sign ?? '') + digits?.groups.join('') + digits?.fraction).toBe(text)
    }
  })
})

describe('a column of numbers', () => {
  it('keeps its points under each other', () => {
    expect(decimalsOf(['7702.85', '0', null, '5689.4'])).toBe(2)
    expect(decimalsOf([])).toBe(0)
    expect(padding('0', 2)).toBe('.00')
    expect(padding('5689.4', 2)).toBe('0')
    expect(padding('7702.85', 2)).toBe('')
    expect(padding('16', 0)).toBe('')
  })
})
