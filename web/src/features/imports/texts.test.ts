import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch, ImportProposal, Tray } from '@/api/types'
import { t, useLanguage } from '@/i18n'
import { isLitter, megabytes, refusal } from './files'
import { kNoRows, type FoundRow, type TableView } from './tables'
import {
  adviceFor,
  batchStateText,
  canRun,
  countParts,
  filesAtFault,
  findingText,
  importBatches,
  outlookText,
  progressText,
  runText,
  sentence,
  skippedText,
  unreadableText,
} from './texts'

const tray = (stage: string, done: number, total: number, more: Partial<Tray> = {}) =>
  ({ state: 'working', files: [], progress: { stage, done, total }, ...more }) as unknown as Tray

describe('progress in words', () => {
  it('says files, rows, and whether anything is written', () => {
    expect(progressText(tray('识别', 1, 7), 'look')).toBe('正在认表：第 2 个文件，共 7 个')
    expect(progressText(tray('识别', 7, 7), 'look')).toContain('第 7 个')
    expect(progressText(tray('读取', 300, 4000), 'look')).toBe('正在读取：第 300 行，共 4000 行')
    expect(progressText(tray('写入', 5, 0), 'look')).toBe('正在试算（不保存）：第 5 行')
    expect(progressText(tray('写入', 5, 9), 'run')).toBe('正在写入：第 5 行，共 9 行')
    expect(progressText(tray('', 0, 0, { state: 'waiting' }), 'run')).toContain('排队')
  })
})

describe('counts in words', () => {
  const rows = { ...kNoRows, new: 25, refused: 1 }
  it('only what there is', () => {
    expect(countParts(rows)).toMatchObject([
      { text: '新增 25', bad: false },
      { text: '退回 1', bad: true },
    ])
    expect(countParts(kNoRows)).toEqual([{ text: '没有行', bad: false }])
  })
  it('the button says all of it', () => expect(runText(rows)).toBe('导入（新增 25，更新 0，退回 1）'))
  it('nothing to do is said, and cannot be run', () => {
    expect(canRun({ ...kNoRows, same: 9 })).toBe(false)
    expect(outlookText({ ...kNoRows, same: 9 })).toContain('都有了')
    expect(canRun({ ...kNoRows, refused: 2 })).toBe(true)
    expect(outlookText({ ...kNoRows, refused: 2 })).toContain('退回行的工作簿')
  })
})

describe('problems', () => {
  it('say what to do', () => {
    for (const code of ['file_unknown', 'file_encrypted', 'file_too_large', 'file_hostile', 'disk_full'])
      expect(adviceFor(code)).not.toBe('')
    expect(adviceFor('internal')).toBe('')
  })
  it('are marked at the file that they quote', () => {
    const files = [
      { name: 'a.xlsx', bytes: 1 },
      { name: 'b.xlsx', bytes: 1 },
    ]
    const problem = { code: 'file_damaged', title: '“b.xlsx”已损坏（zip）', title_en: '' }
    expect(filesAtFault(tray('', 0, 0, { state: 'failed', files, problem }))).toEqual(['b.xlsx'])
    expect(filesAtFault(tray('', 0, 0, { files, problem }))).toEqual([])
  })
  it('and at every file that has no sheets because it cannot be read', () => {
    const files = [{ name: 'a.xlsx', bytes: 1 }]
    const proposal = { file: 'a.xlsx', sheet: '', table: 0, skipped: '“a.xlsx”加了密码', questions: [] }
    const result = { proposals: [proposal] } as unknown as Tray['result']
    expect(filesAtFault(tray('', 0, 0, { state: 'looked', files, result }))).toEqual(['a.xlsx'])
    const found = [{ class: 'file_encrypted' }] as unknown as TableView['findings']
    const view = { key: '', proposal, rows: null, findings: found } as unknown as TableView
    expect(unreadableText(view)).toContain('去掉密码')
    expect(unreadableText({ ...view, findings: [] })).toContain('另存为')
  })
  it('never name the command line', () => {
    const message = '隐藏的工作表，看来是“设施”，没有导入；确要导入请用 --sheet 指明'
    expect(findingText({ class: 'hidden_sheet', message } as FoundRow)).toBe(
      '隐藏的工作表，看来是“设施”，没有导入；要导入，请在上面的表里改',
    )
    const english = 'a hidden sheet that looks like Plots: left out; name it with --sheet to import it'
    expect(findingText({ class: 'hidden_sheet', message: english } as FoundRow)).toBe(
      `a hidden sheet that looks like Plots: left out${t('imports.hiddenAdvice')}`,
    )
    const hidden = {
      record: 'a',
      record_name: '设施',
      skipped: message,
      questions: [],
    } as unknown as ImportProposal
    expect(skippedText(hidden)).toBe('隐藏的工作表，看来是“设施”，没有导入')
  })
})

describe('tables left out', () => {
  const none = (mapping_from: string) =>
    ({ record: '', mapping_from, skipped: '没有找到表格', questions: [] }) as unknown as ImportProposal
  it('say who decided it', () => {
    expect(skippedText(none('given'))).toBe('您定了不导入')
    expect(skippedText(none('remembered'))).toBe('照上次定的，不导入')
    expect(skippedText(none(''))).toBe('没有找到表格')
  })
})

describe('files as they are dropped', () => {
  it('are refused with what to do', () => {
    expect(refusal({ name: 'a.pdf', size: 9 })).toContain('另存为')
    expect(refusal({ name: 'README', size: 9 })).toContain('另存为')
    expect(refusal({ name: 'a.xlsx', size: 0 })).toContain('空文件')
    expect(refusal({ name: 'a.xlsx', size: 65 * 1024 * 1024 })).toContain('65.0 MB')
    expect(refusal({ name: '养殖.XLS', size: 9 })).toBe('')
    expect(refusal({ name: 'a.xlsx', size: 64 * 1024 * 1024 })).toBe('')
  })
  it('what Excel puts beside a workbook is passed over', () => {
    expect(isLitter('~$养殖.xlsx')).toBe(true)
    expect(isLitter('.~养殖.xlsx')).toBe(true)
    expect(isLitter('.DS_Store')).toBe(true)
    expect(isLitter('养殖~$.xlsx')).toBe(false)
  })
  it('have a size that people read', () => {
    expect(megabytes(300)).toBe('1 KB')
    expect(megabytes(145231)).toBe('142 KB')
    expect(megabytes(3 * 1024 * 1024)).toBe('3.0 MB')
  })
})

describe('earlier batches', () => {
  const batch = (id: string, more: Partial<Batch>) =>
    ({ batch: id, at: '2023-12-20T09:30:00', files: [], undoes: null, undone_by: null, ...more }) as Batch
  const all = [
    batch('4', { undoes: '2' }),
    batch('3', { undoes: '1' }),
    batch('2', { files: ['a.xlsx'], undone_by: '4' }),
    batch('1', { undone_by: '3' }),
  ]
  it('are those from files and what undid them', () => {
    expect(importBatches(all).map((one) => one.batch)).toEqual(['4', '2'])
  })
  it('say what became of them', () => {
    expect(batchStateText(all[2]!, all)).toBe('已撤销')
    expect(batchStateText(all[0]!, all)).toBe('撤销 2023-12-20 09:30 的一批')
    expect(batchStateText(batch('5', { files: ['b'] }), all)).toBe('')
  })
})

describe('in English', () => {
  beforeAll(() => useLanguage('en'))
  afterAll(() => useLanguage('zh'))
  it('says files, rows, and whether anything is written', () => {
    expect(progressText(tray('识别', 1, 7), 'look')).toBe('Recognising the tables: file 2 of 7')
    expect(progressText(tray('写入', 5, 9), 'run')).toBe('Writing: row 5 of 9')
    expect(progressText(tray('写入', 0, 0), 'look')).toBe('Trying out (nothing is saved)')
  })
  it('counts, and says what became of a batch', () => {
    expect(countParts({ ...kNoRows, refused: 1 })).toMatchObject([{ text: 'Refused 1', bad: true }])
    expect(runText({ ...kNoRows, new: 25 })).toBe('Import (new 25, changed 0, refused 0)')
    expect(sentence('It is locked')).toBe('It is locked.')
    expect(sentence('It is locked.')).toBe('It is locked.')
  })
  it('one question is no “questions”', () => {
    expect(t('imports.questions', { count: 1 }, 1)).toBe('1 question')
    expect(t('imports.questions', { count: 2 }, 2)).toBe('2 questions')
    expect(t('imports.questionsTitle', { count: 0 }, 0)).toBe('0 questions for you to settle')
    expect(t('imports.restProposed', { count: 3 }, 3)).toBe('Take the proposals for the 3 questions left')
  })
})
