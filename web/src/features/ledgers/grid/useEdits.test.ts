import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RecordType, Row } from '@/api/types'
import type { Column } from './columns'
import { useEdits } from './useEdits'
import { useRows } from './useRows'

const row = (version: string, values: Row['values']): Row => ({
  id: '5',
  version,
  state: 'live',
  place: '1',
  place_name: '东村',
  values,
  precision: {},
})
const column = (id: string, personal = false) =>
  ({ id, fixed: false, width: 9, field: { id, name: id, type: 'text', personal, secret: false } }) as Column
const name = column('name')
const note = column('note')
const settled = () => new Promise((resolve) => setTimeout(resolve))
const answer = (status: number, body: unknown) => () => new Response(JSON.stringify(body), { status })
const stale = (current: Row) =>
  answer(412, { code: 'stale_version', title: '已改', status: 412, current, by: '乙', at: '2024-01-01' })

// Answers in turn; what was asked is told.
async function ledger(...answers: (() => Response)[]) {
  const asked: { url: string; match: string; body: string }[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const headers = init.headers as { [name: string]: string }
    asked.push({ url, match: headers['If-Match'] ?? '', body: String(init.body ?? '') })
    const next = answers.shift()
    return next ? Promise.resolve(next()) : Promise.reject(new TypeError('no more answers'))
  })
  const rows = useRows(() =>
    Promise.resolve({ rows: [row('1', { name: '甲', note: '' })], next: '', count: 1 }),
  )
  await rows.reset()
  const edits = useEdits(
    { id: 'plot' } as RecordType,
    rows,
    () => [name, note, column('phone', true)],
    () => Promise.resolve(),
  )
  return { rows, edits, asked }
}

describe('useEdits', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('sends a cell when it is left and keeps what was refused', async () => {
    const findings = [{ field: 'name', code: 'too_long', severity: 'refused', message: '太长' }]
    const { edits, asked, rows } = await ledger(
      answer(422, { code: 'refused', title: '没有通过', status: 422, findings }),
      answer(200, { ...row('2', { name: '乙', note: '' }), findings: [] }),
    )
    edits.type('5', name, { text: '甲乙丙丁', shown: '甲乙丙丁' })
    expect(edits.state.value).toBe('saving')
    await settled()
    expect(edits.state.value).toBe('unsaved')
    expect(edits.why.value).toBe('太长')
    expect(edits.edits.get('5')?.cells.name?.shown).toBe('甲乙丙丁')
    edits.type('5', name, { text: '乙', shown: '乙' })
    await settled()
    expect(asked.map((one) => one.match)).toEqual(['"1"', '"1"'])
    expect(edits.state.value).toBe('saved')
    expect(rows.at(0)?.values.name).toBe('乙')
  })

  it('goes upon what somebody wrote into another cell', async () => {
    const { edits, asked } = await ledger(
      stale(row('2', { name: '甲', note: '别人写的' })),
      answer(200, { ...row('3', { name: '乙', note: '别人写的' }), findings: [] }),
    )
    edits.type('5', name, { text: '乙', shown: '乙' })
    await settled()
    await settled()
    expect(asked.map((one) => one.match)).toEqual(['"1"', '"2"'])
    expect(edits.conflict.value).toBeNull()
    expect(edits.state.value).toBe('saved')
  })

  it('asks when two wrote one cell, and writes neither by itself', async () => {
    const { edits, asked, rows } = await ledger(stale(row('2', { name: '丙', note: '' })))
    edits.type('5', name, { text: '乙', shown: '乙' })
    await settled()
    expect(asked.length).toBe(1)
    expect(edits.conflict.value?.columns[0]?.yours).toBe('乙')
    edits.settle(false)
    expect(edits.edits.size).toBe(0)
    expect(rows.at(0)?.values.name).toBe('丙')
  })

  it('a masked value is never taken for unchanged', async () => {
    const { edits } = await ledger(stale(row('2', { name: '甲', note: '', phone: '138****0000' })))
    edits.type('5', column('phone', true), { text: '13900000000', shown: '13900000000' })
    await settled()
    expect(edits.conflict.value?.columns.length).toBe(1)
  })

  it('an answer that was lost is not written again', async () => {
    const { edits, asked } = await ledger(stale(row('2', { name: '乙', note: '' })))
    edits.type('5', name, { text: '乙', shown: '乙' })
    await settled()
    expect(asked.length).toBe(1)
    expect(edits.edits.size).toBe(0)
  })

  it('tells what is not on disk, and never a personal value', async () => {
    const { edits, rows } = await ledger()
    edits.type('5', name, { text: '乙', shown: '乙' })
    edits.type('5', column('phone', true), { text: '13900000000', shown: '13900000000' })
    edits.whileTyping(rows.at(0) as Row, note, { text: '半', shown: '半' })
    const [unsent] = edits.unsent()
    expect(unsent?.cells).toEqual({ name: { text: '乙', shown: '乙' }, note: { text: '半', shown: '半' } })
    expect(unsent?.base.values).toEqual({ name: '甲', note: '' })
    expect(JSON.stringify(edits.unsent())).not.toContain('139')
  })

  it('goes on with what a browser that died had not sent, upon the row as it stood then', async () => {
    const kept = {
      base: row('1', { name: '甲' }),
      cells: { name: { text: '乙', shown: '乙' } },
    }
    const { edits, asked } = await ledger(stale(row('2', { name: '丙', note: '' })))
    edits.resume([kept])
    await settled()
    expect(asked.map((one) => [one.match, one.body])).toEqual([['"1"', '{"values":{"name":"乙"}}']])
    expect(edits.conflict.value?.columns[0]?.yours).toBe('乙')
  })

  it('takes back step by step', async () => {
    const written = (version: string, value: string) =>
      answer(200, { ...row(version, { name: value, note: '' }), findings: [] })
    const { edits, asked } = await ledger(
      written('2', '乙'),
      written('3', '丙'),
      written('4', '乙'),
      written('5', '甲'),
    )
    for (const text of ['乙', '丙']) {
      edits.type('5', name, { text, shown: text })
      await settled()
    }
    await edits.undo()
    await edits.undo()
    expect(asked.slice(2).map((one) => [one.match, one.body])).toEqual([
      ['"3"', '{"to":"2"}'],
      ['"4"', '{"to":"1"}'],
    ])
    expect(edits.steps.value.length).toBe(0)
  })
})
