import { describe, expect, it } from 'vitest'
import { initials, matches } from './pinyin'

describe('initials', () => {
  it('gives the first letters', () => {
    expect(initials('张建华')).toBe('zjh')
    expect(initials('肉牛')).toBe('rn')
    expect(initials('东村A-12')).toBe('dca-12')
    expect(initials('爱')).toBe('a')
    expect(initials('安徽')).toBe('ah')
  })
})

// The 3,755 common characters of GB 2312 stand in the order of their pinyin: where each letter begins is known.
const kBegins: { [letter: string]: number } = {
  ...{ a: 0xb0a1, b: 0xb0c5, c: 0xb2c1, d: 0xb4ee, e: 0xb6ea, f: 0xb7a2, g: 0xb8c1, h: 0xb9fe, j: 0xbbf7 },
  ...{ k: 0xbfa6, l: 0xc0ac, m: 0xc2e8, n: 0xc4c3, o: 0xc5b6, p: 0xc5be, q: 0xc6da, r: 0xc8bb, s: 0xc8f6 },
  ...{ t: 0xcbfa, w: 0xcdda, x: 0xcef4, y: 0xd1b9, z: 0xd4d1 },
}

describe('the common characters', () => {
  it('have the letter of GB 2312, but for a few with several readings', () => {
    const decoder = new TextDecoder('gbk')
    let wrong = 0
    let seen = 0
    for (let code = 0xb0a1; code <= 0xd7f9; code++) {
      if ((code & 0xff) < 0xa1 || (code & 0xff) > 0xfe) continue
      const character = decoder.decode(new Uint8Array([code >> 8, code & 0xff]))
      const letter = Object.entries(kBegins)
        .filter(([, begin]) => begin <= code)
        .pop()?.[0]
      seen += 1
      if (initials(character) !== letter) wrong += 1
    }
    expect(seen).toBe(3755)
    expect(wrong).toBeLessThan(25)
  })
})

describe('matches', () => {
  it('takes part of a name or of its initials', () => {
    expect(matches('日光温室', '温')).toBe(true)
    expect(matches('日光温室', 'ws')).toBe(true)
    expect(matches('日光温室', 'RGWS')).toBe(true)
    expect(matches('日光温室', 'wx')).toBe(false)
    expect(matches('日光温室', ' ')).toBe(true)
  })
})
