import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Field, Row, Slot } from '@/api/types'
import { useLanguage } from '@/i18n'
import {
  axisNumber,
  axisPart,
  byLedgers,
  comparisonText,
  fieldText,
  missingText,
  partText,
  periodText,
  shortNumber,
  sourceText,
  stateClass,
  stateText,
  timeText,
  valueText,
  whyText,
} from './wording'

describe('figures in words', () => {
  it('no data is not nought', () => {
    expect(valueText({ value: null })).toBe('—')
    expect(valueText({ value: '0' })).toBe('0')
  })
  it('says how many have returned', () => {
    expect(stateText('partial 17/18')).toBe('缺报（已报17/18）')
    expect(stateText('filled')).toBe('')
    expect(stateClass('partial 17/18')).toBe('state-partial')
  })
  it('compares with a sign, and by difference where there is no rate', () => {
    expect(comparisonText({ base: '100', difference: '-14.6', percent: '-14.6', uneven: [] })).toBe('−14.6%')
    expect(comparisonText({ base: '100', difference: '3', percent: '3.0', uneven: [] })).toBe('+3.0%')
    expect(comparisonText({ base: '0', difference: '12', percent: null, uneven: [] }, '座')).toBe('+12座')
    expect(comparisonText({ base: '100', difference: '0', percent: '0.0', uneven: [] })).toBe('持平')
    expect(comparisonText({ base: null, difference: null, percent: null, uneven: [] })).toBe('—')
    expect(comparisonText({ base: '90', difference: null, percent: null, uneven: ['石咀村'] })).toBe(
      '未报齐，不比',
    )
    expect(comparisonText(undefined)).toBe('—')
    const points = { base: '95.66', difference: '3.24', percent: '3.4', uneven: [] }
    expect(comparisonText(points, '%')).toBe('+3.24个百分点')
  })
  it('a change too small for the printed rate is still a change', () => {
    expect(comparisonText({ base: '100000', difference: '1', percent: '0.0', uneven: [] })).not.toBe('持平')
  })
  it('takes needless noughts off, never those of a whole number', () => {
    expect(shortNumber('94.60')).toBe('94.6')
    expect(shortNumber('100.00')).toBe('100')
    expect(shortNumber('300')).toBe('300')
  })
})

describe('time and source', () => {
  it('reads periods of every grain', () => {
    expect(periodText('2023')).toBe('2023年')
    expect(periodText('2023Q4')).toBe('2023年第四季度')
    expect(periodText('2023-06')).toBe('2023年6月')
    expect(periodText('其他')).toBe('其他')
  })
  it('cuts a time to the minute', () => {
    expect(timeText('2023-12-20T09:30:00.000+08:00')).toBe('2023-12-20 09:30')
  })
  it('names file, sheet and row', () => {
    expect(sourceText('蔬菜.xlsx', '2023', '7')).toBe('蔬菜.xlsx · 2023 · 第7行')
    expect(sourceText('', '', '')).toBe('手工录入')
  })
})

describe('values of a record', () => {
  const field = (type: string) => ({ id: 'a', type }) as Field
  const row = (value: string | null, precision = '') =>
    ({ values: { a: value }, precision: precision ? { a: precision } : {} }) as unknown as Row
  it('shows no more of a date than is known', () => {
    expect(fieldText(field('date'), row('2021-12-31', 'year'))).toBe('2021年')
    expect(fieldText(field('date'), row('2022-05-31', 'month'))).toBe('2022年5月')
    expect(fieldText(field('date'), row('2023-04-12'))).toBe('2023-04-12')
  })
  it('says yes and no', () => {
    expect(fieldText(field('bool'), row('true'))).toBe('是')
    expect(fieldText(field('bool'), row('false'))).toBe('否')
    expect(fieldText(field('bool'), row(null))).toBe('')
  })
})

describe('who has not returned', () => {
  const one = (returned: number, names: string[]) => ({
    record: 'a',
    name: 'a',
    period: '2023',
    returned,
    owed: 18,
    missing: names.map((name) => ({ code: name, name })),
  })
  it('names them as far as a line holds', () => {
    expect(missingText(one(17, ['沙河村']))).toBe('缺：沙河村')
    expect(missingText(one(10, ['一', '二', '三', '四', '五', '六', '七', '八']))).toBe(
      '缺：一、二、三、四、五、六 等8个村',
    )
    expect(missingText(one(0, ['一', '二']))).toBe('各村都还没有报')
    expect(missingText(one(18, []))).toBe('')
  })
})

describe('parts of a year', () => {
  it('leave the year out, never the year itself', () => {
    expect(partText('2023Q4')).toBe('第四季度')
    expect(partText('2023-06')).toBe('6月')
    expect(partText('2023')).toBe('2023年')
  })
})

describe('values that are ids', () => {
  it('read by their title, and never as an id', () => {
    const ref = { id: 'plot', type: 'ref', to: 'plot' } as Field
    const row = { values: { plot: '913' }, precision: {} } as unknown as Row
    expect(fieldText(ref, { ...row, titles: { plot: '东村东坡地' } })).toBe('东村东坡地')
    expect(fieldText(ref, row)).not.toContain('913')
  })
})

describe('what the report waits for', () => {
  const slot = (id: string, pending: string, ...records: string[]) =>
    ({
      id,
      label: '钢架大棚',
      pending,
      ledgers: records.map((record) => ({ record, name: record, reported: null })),
    }) as unknown as Slot
  it('says why without repeating the name', () => {
    expect(whyText(slot('a', '钢架大棚没有数据'))).toBe('没有数据')
    expect(whyText(slot('a', '条件“钢架大棚”：肉牛没有数据'))).toBe('肉牛没有数据')
    expect(whyText(slot('a', '缺2村：东村、西村'))).toBe('缺2村：东村、西村')
  })
  it('puts together what the same ledgers fill', () => {
    const groups = byLedgers([slot('a', '', 'x'), slot('b', '', 'x', 'y'), slot('c', '', 'x')])
    expect(groups.map((group) => group.slots.map((one) => one.id))).toEqual([['a', 'c'], ['b']])
  })
})

describe('an axis', () => {
  it('has narrow names and numbers', () => {
    expect(['2023Q4', '2023-06', '2023'].map(axisPart)).toEqual(['四季', '6', '2023'])
    expect([99999, 250000, -1000000].map(axisNumber)).toEqual(['99999', '25万', '-100万'])
  })
})

describe('in English', () => {
  beforeEach(() => useLanguage('en'))
  afterEach(() => useLanguage('zh'))

  it('says periods the English way round', () => {
    expect(['2023', '2023Q4', '2023-06', 'x'].map(periodText)).toEqual(['2023', 'Q4 2023', 'June 2023', 'x'])
    expect(['2023Q4', '2023-12', '2023'].map(partText)).toEqual(['Q4', 'December', '2023'])
    expect(['2023Q4', '2023-12'].map(axisPart)).toEqual(['Q4', 'Dec'])
    expect(axisNumber(250000)).toBe('250k')
  })
  it('says states and comparisons, and leaves an unknown state as it came', () => {
    expect(stateText('partial 17/18')).toBe('Returns missing (17/18 in)')
    expect(['no_base', 'filled', 'strange'].map(stateText)).toEqual(['No base', '', 'strange'])
    const points = { base: '95.66', difference: '-3.24', percent: '-3.4', uneven: [] }
    expect(comparisonText(points, '%')).toBe('−3.24 points')
    expect(comparisonText({ base: '1', difference: '0', percent: '0.0', uneven: [] })).toBe('No change')
  })
  it('names who is missing with commas', () => {
    const missing = ['一', '二', '三', '四', '五', '六', '七'].map((name) => ({ code: name, name }))
    expect(missingText({ returned: 10, missing: missing.slice(0, 2) })).toBe('Missing: 一, 二')
    expect(missingText({ returned: 10, missing })).toBe(
      'Missing: 一, 二, 三, 四, 五, 六 and others (villages: 7)',
    )
    expect(missingText({ returned: 0, missing })).toBe('No village has returned yet')
  })
  it('names where a row came from', () => {
    expect(sourceText('a.xlsx', '2023', '7')).toBe('a.xlsx · 2023 · row 7')
    expect(sourceText('', '', '')).toBe('Entered by hand')
  })
})
