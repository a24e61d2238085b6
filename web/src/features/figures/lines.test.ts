import { expect, test } from 'vitest'
import { runningSums, runsOf, sumTexts, ticksOf } from './lines'

test('decimals are added without floating point', () => {
  expect(sumTexts(['0.1', '0.2'])).toBe('0.3')
  expect(sumTexts(['-1.5', '1'])).toBe('-0.5')
  expect(sumTexts(['12', null, '-0.05'])).toBe('11.95')
  expect(sumTexts(['9007199254740993', '1'])).toBe('9007199254740994')
  expect(sumTexts([null])).toBeNull()
})

test('sums run to the last part that is known', () => {
  expect(runningSums(['1', null, '2.5', null])).toEqual(['1', '1', '3.5', null])
  expect(runningSums([null, '2'])).toEqual([null, '2'])
})

test('the axis holds every value in round numbers', () => {
  expect(ticksOf([17, 93])).toEqual([0, 25, 50, 75, 100])
  expect(ticksOf([0])[0]).toBe(0)
  expect(ticksOf([-3, 8])).toEqual([-5, 0, 5, 10])
})

test('a line is broken where nothing is known', () => {
  const at = (x: number) => ({ x, y: 0 })
  expect(runsOf([at(0), at(1), null, at(3)])).toEqual([[at(0), at(1)], [at(3)]])
})
