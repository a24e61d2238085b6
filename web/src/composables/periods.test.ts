import { expect, test } from 'vitest'
import { grainOf, partsOfYear, periodAt, previousPeriod, yearBefore } from './periods'

test('a period says its grain', () => {
  expect(['2023', '2023Q4', '2023-06'].map(grainOf)).toEqual(['year', 'quarter', 'month'])
})

test('a day lies in a period of each grain', () => {
  expect(periodAt('2026-11-28', 'year')).toBe('2026')
  expect(periodAt('2026-11-28', 'quarter')).toBe('2026Q4')
  expect(periodAt('2026-03-31', 'quarter')).toBe('2026Q1')
  expect(periodAt('2026-04-01', 'quarter')).toBe('2026Q2')
  expect(periodAt('2026-11-28', 'month')).toBe('2026-11')
})

test('the one before crosses the turn of the year', () => {
  expect(previousPeriod('2023')).toBe('2022')
  expect(previousPeriod('2023Q1')).toBe('2022Q4')
  expect(previousPeriod('2023Q4')).toBe('2023Q3')
  expect(previousPeriod('2023-01')).toBe('2022-12')
  expect(previousPeriod('2023-10')).toBe('2023-09')
})

test('a year earlier keeps the part', () => {
  expect(['2023', '2023Q4', '2023-06'].map(yearBefore)).toEqual(['2022', '2022Q4', '2022-06'])
})

test('a year has four quarters and twelve months', () => {
  expect(partsOfYear('2023', 'quarter')).toEqual(['2023Q1', '2023Q2', '2023Q3', '2023Q4'])
  expect(partsOfYear('2023', 'month')).toHaveLength(12)
  expect(partsOfYear('2023', 'month')[8]).toBe('2023-09')
})
