// What the import desk says.
import type { Batch, ImportCounts, ImportProposal, ImportQuestion, Tray } from '@/api/types'
import { timeText } from '@/composables/wording'
import { isHidden, isUnreadable, type FoundRow, type TableView } from './tables'
import type { Intent } from './machine'

export function severityName(severity: string): string {
  return { refused: '退回', total: '合计不符', warning: '提醒', note: '说明' }[severity] ?? severity
}

export function progressText(tray: Tray, intent: Intent): string {
  const { stage, done, total } = tray.progress
  if (tray.state === 'waiting') return '前面还有别的导入，排队等候'
  const rows = total ? `第 ${done} 行，共 ${total} 行` : done ? `第 ${done} 行` : ''
  switch (stage) {
    case '识别':
      return total > 1 ? `正在认表：第 ${Math.min(done + 1, total)} 个文件，共 ${total} 个` : '正在认表'
    case '读取':
      return `正在读取${rows ? `：${rows}` : ''}`
    case '写入':
      return `${intent === 'run' ? '正在写入' : '正在试算（不保存）'}${rows ? `：${rows}` : ''}`
    case '退回':
      return '正在整理退回的行'
    default:
      return intent === 'run' ? '正在准备导入' : '正在准备'
  }
}

// 新增 25, 退回 1: only what there is.
export function countParts(rows: ImportCounts): { text: string; bad: boolean }[] {
  const parts = [
    { name: '新增', count: rows.new, bad: false },
    { name: '更新', count: rows.changed, bad: false },
    { name: '不变', count: rows.same, bad: false },
    { name: '退回', count: rows.refused, bad: true },
  ]
  const there = parts.filter((one) => one.count).map((one) => ({ ...one, text: `${one.name} ${one.count}` }))
  return there.length ? there : [{ text: '没有行', bad: false }]
}

export function runText(rows: ImportCounts): string {
  return `导入（新增 ${rows.new}，更新 ${rows.changed}，退回 ${rows.refused}）`
}

// What would happen, in a sentence; and whether there is anything to do at all.
export function outlookText(rows: ImportCounts): string {
  if (rows.new + rows.changed > 0)
    return '还没有写入任何内容。看过下面的认表和检查结果，再按“导入”；导入后也可以整批撤销。'
  if (rows.refused)
    return '没有能写入的行：改好退回的行，再拖进来。按“导入”可以取得退回行的工作簿，里面写着每行的原因。'
  if (rows.same) return '这些内容台账里都有了，不用再导入。'
  return '这些文件里没有可以导入的行。'
}

export function canRun(rows: ImportCounts): boolean {
  return rows.new + rows.changed + rows.refused > 0
}

// What to do about a problem, beside the program's own words for it.
export function adviceFor(code: string): string {
  switch (code) {
    case 'file_unknown':
    case 'file_damaged':
      return '请用 Excel 或 WPS 打开它，另存为 .xlsx，撤下原来的，再把新的拖进来。'
    case 'file_encrypted':
      return '请撤下它，去掉密码后再拖进来；其余文件可以先导入。'
    case 'file_too_large':
    case 'request_too_large':
      return '请撤下它，删去图片和用不到的表，或拆成几个文件再拖进来。'
    case 'file_hostile':
      return '请撤下它，向送来的人另要一份；其余文件可以先导入。'
    case 'disk_full':
      return '请告诉管理员腾出磁盘，再按“再看一次”。没有写入任何内容。'
    case 'cancelled':
      return '可以改一改再看，或换一批文件。'
    case 'database_busy':
      return '过一会儿再按“再看一次”。'
    default:
      return ''
  }
}

// The files that cannot be read: those that say so, and the one that a problem's words quote.
export function filesAtFault(tray: Tray | null): string[] {
  const title = tray?.state === 'failed' ? (tray.problem?.title ?? '') : ''
  const unread = (tray?.result?.proposals ?? []).filter(isUnreadable).map((one) => one.file)
  const names = (tray?.files ?? []).map((file) => file.name)
  return names.filter((name) => unread.includes(name) || title.includes(`“${name}”`))
}

// Why a file cannot be read, and what to do about it.
export function unreadableText({ proposal, findings }: TableView): string {
  return `${sentence(proposal.skipped)}${adviceFor(findings[0]?.class ?? '') || adviceFor('file_unknown')}`
}

export function originText(proposal: ImportProposal): string {
  switch (proposal.mapping_from) {
    case 'remembered':
      return '同样的表头以前导入过，照上次定的'
    case 'given':
      return '照您定的'
    default:
      return proposal.why
  }
}

// Why nothing of a table is taken, in the words of the page (those of the program name its command line).
export function skippedText(proposal: ImportProposal): string {
  if (isHidden(proposal)) return `隐藏的工作表，看来是“${proposal.record_name}”，没有导入`
  if (!proposal.record && proposal.mapping_from === 'given') return '您定了不导入'
  if (!proposal.record && proposal.mapping_from === 'remembered') return '照上次定的，不导入'
  return proposal.skipped
}

export function sentence(text: string): string {
  return /[。？！]$/.test(text) ? text : `${text}。`
}

export function findingText(row: FoundRow): string {
  if (row.class === 'hidden_sheet')
    return row.message.replace(/；[^；]*--sheet.*$/, '；要导入，请在上面的表里改')
  return row.message
}

export function columnText(row: FoundRow): string {
  return [row.column ?? '', row.heading].filter(Boolean).join(' ')
}

// Candidates as the person reads them.
export function candidateText(question: ImportQuestion, candidate: string): string {
  return question.code === 'ambiguous_month' ? `${candidate}月` : candidate
}

// Batches that came from files, and those that undid one of them: others are no imports.
export function importBatches(all: Batch[]): Batch[] {
  const files = new Set(all.filter((one) => one.files.length && !one.undoes).map((one) => one.batch))
  return all.filter((one) => files.has(one.undoes ?? one.batch))
}

// What an undone or undoing batch is called in the list; empty for an ordinary one.
export function batchStateText(batch: Batch, all: Batch[]): string {
  if (batch.undone_by) return '已撤销'
  const undone = all.find((one) => one.batch === batch.undoes)
  return undone ? `撤销 ${timeText(undone.at)} 的一批` : ''
}

export function phaseText(phase: string): string {
  const texts: { [phase: string]: string } = {
    looking: '正在看这些文件',
    running: '正在导入',
    asking: '看完了，有几处要您定',
    ready: '看完了，可以导入',
    done: '导入完成',
    cancelled: '已取消',
    failed: '没有看成，请看说明',
  }
  return texts[phase] ?? ''
}
