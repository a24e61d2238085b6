import { expect, test } from 'vitest'
import type { PlaceReturn, Return } from '@/api/types'
import { t, useLanguage } from '@/i18n'
import { countsOf, ledgerQuery, saidText, saysWhole, stateWord } from './texts'

const place = (change: Partial<PlaceReturn>): PlaceReturn => ({
  code: '1',
  name: '东村',
  state: 'missing',
  by_hand: false,
  by: '',
  at: null,
  why: '',
  has_rows: false,
  ...change,
})
const entry = (change: Partial<Return>): Return => ({
  record: 'r',
  name: '表',
  line: 'l',
  every: 'month',
  at: 'on',
  period: '2023-06',
  may_write: true,
  returned: 0,
  owed: 1,
  missing: [],
  places: [place({})],
  ...change,
})

test('a return that was withdrawn reads otherwise than one that never came', () => {
  expect(stateWord(place({}))).toBe('缺报')
  expect(stateWord(place({ by_hand: true }))).toBe('缺报')
  expect(stateWord(place({ by_hand: true, has_rows: true }))).toBe('已撤回')
  expect(stateWord(place({ state: 'zero', by_hand: true }))).toBe('零报告')
})

test('who said so, when and why, where it was said by hand', () => {
  const said = { by_hand: true, by: '赵文书', at: '2023-12-20T09:30:00.000+08:00', why: '数有误' }
  expect(saidText(place({ ...said, state: 'zero', why: '' }))).toBe('赵文书 · 2023-12-20 09:30')
  expect(saidText(place({ ...said, has_rows: true }))).toBe('赵文书 · 2023-12-20 09:30 · 数有误')
  expect(saidText(place(said))).toBe('')
  expect(saidText(place({ state: 'returned', has_rows: true }))).toBe('')
})

test('every village counts once in each return', () => {
  const places = [place({}), place({ state: 'zero' }), place({ state: 'returned' }), place({})]
  expect(countsOf([entry({ places }), entry({})])).toEqual({ owed: 5, returned: 1, zero: 1, missing: 3 })
})

test('the ledger opens at the village and the period', () => {
  expect(ledgerQuery(entry({}), '7')).toEqual({ place: '7', 'where.on': '2023-06', period: '2023' })
  expect(ledgerQuery(entry({ period: '2023' }), '7')['where.on']).toBe('2023')
  // A quarter of a monthly ledger is no one period of it: the year holds it.
  expect(ledgerQuery(entry({ period: '2023Q2' }), '7')['where.on']).toBe('2023')
})

test('by hand only for a period of its own grain', () => {
  expect(saysWhole(entry({}))).toBe(true)
  expect(saysWhole(entry({ period: '2023' }))).toBe(false)
})

test('the states read in English', async () => {
  await useLanguage('en')
  expect(stateWord(place({}))).toBe('Missing')
  expect(stateWord(place({ by_hand: true, has_rows: true }))).toBe('Withdrawn')
  expect(stateWord(place({ state: 'zero', by_hand: true }))).toBe('Zero return')
  expect(t('returns.nothingIn', { period: '2023' })).toBe('No ledger is to be returned for 2023. ')
  await useLanguage('zh')
  expect(stateWord(place({}))).toBe('缺报')
})
