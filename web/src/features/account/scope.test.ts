import { expect, test } from 'vitest'
import type { Town } from '@/api/types'
import { useLanguage } from '@/i18n'
import { scopeText } from './scope'

const town = {
  villages: [{ code: '621099101200', name: '东村', groups: 3 }],
  lines: [{ id: 'industry/plot', chapter: 'industry', name: '地块与种植', name_en: '' }],
} as unknown as Town

test('no places are the whole town, not none', () => {
  expect(scopeText({ lines: [], places: [] }, town)).toBe('全镇')
  expect(scopeText({ lines: [], places: ['621099101200', 'itself'] }, town)).toBe('东村、镇本级')
  expect(scopeText({ lines: ['industry/plot'], places: [] }, town)).toBe('全镇；地块与种植')
})

test('what is not there any more is named by its code', () => {
  expect(scopeText({ lines: ['old/line'], places: ['1'] }, null)).toBe('1；old/line')
})

test('in English the list is one of commas', async () => {
  await useLanguage('en')
  expect(scopeText({ lines: ['industry/plot'], places: ['621099101200', 'itself'] }, town)).toBe(
    '东村, Town itself; 地块与种植',
  )
  await useLanguage('zh')
})
