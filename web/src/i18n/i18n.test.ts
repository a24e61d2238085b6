// Finds texts that one language lacks, keys that nothing defines or uses, and words left in the code.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en'
import zh from './zh'

type Tree = { [key: string]: string | Tree }

function keysOf(tree: Tree, path = ''): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [name, value] of Object.entries(tree)) {
    const key = path ? `${path}.${name}` : name
    if (typeof value === 'string') keys.set(key, value)
    else for (const [inner, text] of keysOf(value, key)) keys.set(inner, text)
  }
  return keys
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'i18n' ? [] : sources(path)
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : []
  })
}

// The source without its comments and its styles: what is left in Chinese is shown to somebody.
export function chineseIn(source: string): string[] {
  const bare = source
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\s\/\/ .*$/gm, '')
  return bare.match(/[^\n]*[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef][^\n]*/g) ?? []
}

// Keys written out: t('a.b'); and the fixed beginnings of built ones: t(`a.${…}`).
export function keysIn(source: string): { whole: string[]; beginnings: string[] } {
  return {
    whole: [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map((found) => found[1]!),
    beginnings: [...source.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map((found) => found[1]!),
  }
}

const chinese = keysOf(zh)
const english = keysOf(en)
// Values and patterns of the data itself, not words of the page: file → what may stand there.
const kNotWords: { [file: string]: RegExp } = {
  // How a form names its villages.
  'forms/grid.ts': /return words === name/,
  // Lists are typed with commas of either width.
  'settings/VillageTable.vue': /text\.split\(/,
  'setup/townDraft.ts': /line\.split\(/,
  // What may be typed as a year, and what a yes or no is sent as.
  'ledgers/filterFormula.ts': /年\?\$/,
  // Words of the program: the stages of its work, how its questions and findings are built, what it calls a place.
  'imports/texts.ts': /case '(识别|读取|写入|退回)'|\[。？！|replace\(/,
  'imports/answers.ts': /哪一\(年|年: 'year'/,
  'grid/useOptions.ts': /value: '[是否]'/,
  // The first character of each letter's readings.
  'composables/pinyin.ts': /^const kFirsts = /,
  // Numbers are typed with commas of either width.
  'figures/EnterFigure.vue': /value\.replace\(\/\[,，/,
  // How the program begins the reason of a condition's slot.
  'composables/wording.ts': /const own = \[`条件“/,
  // What the program calls a slot's comparison with a target.
  'report/ReportSide.vue': /slot\.compare\?\.startsWith\('目标'\)/,
  // Words of the passages' own language, written into the paragraph.
  'report/slotText.ts': /^ {2}\{ word: '/,
}

describe('the page in two languages', () => {
  const files = sources(join(__dirname, '..'))
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))

  it('has every key in both, with the same placeholders', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
    const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()
    const different = [...chinese].filter(
      ([key, text]) => placeholders(text) !== placeholders(english.get(key) ?? ''),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('has no Chinese in the English texts but what they quote', () => {
    // The name of the other language; what somebody types into a field.
    const kQuotes = ['common.switchTo', 'settings.datedHelp', 'forms.filterHelp']
    const left = [...english].filter(([key, text]) => chineseIn(text).length && !kQuotes.includes(key))
    expect(left).toEqual([])
  })

  it('defines every key that is used, and uses every key', () => {
    const used = [...texts.values()].map(keysIn)
    const whole = new Set(used.flatMap((one) => one.whole))
    const beginnings = used.flatMap((one) => one.beginnings)
    expect([...whole].filter((key) => !chinese.has(key))).toEqual([])
    const idle = [...chinese.keys()].filter(
      (key) => !whole.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    )
    expect(idle).toEqual([])
  })

  it('leaves no words in the code', () => {
    const left = [...texts].flatMap(([file, source]) => {
      const allowed = Object.entries(kNotWords).find(([end]) => file.endsWith(end))?.[1]
      return chineseIn(source)
        .filter((line) => !allowed?.test(line))
        .map((line) => `${file}: ${line.trim()}`)
    })
    expect(left).toEqual([])
  })

  it('would find a word, an unknown key and a missing one', () => {
    expect(chineseIn('<p>台账</p>\n// 台账\n<p>x</p>')).toEqual(['<p>台账</p>'])
    expect(keysIn("t('no.such') + t(`part.${name}`)")).toEqual({ whole: ['no.such'], beginnings: ['part.'] })
    expect(chinese.has('no.such')).toBe(false)
  })
})
