// What the import desk says.
import type { Batch, ImportCounts, ImportProposal, ImportQuestion, Tray } from '@/api/types'
import { timeText } from '@/composables/wording'
import { t } from '@/i18n'
import { isHidden, isUnreadable, kSeverities, type FoundRow, type TableView } from './tables'
import type { Intent } from './machine'

export function severityName(severity: string): string {
  return kSeverities.includes(severity) ? t(`imports.severity.${severity}`) : severity
}

export function progressText(tray: Tray, intent: Intent): string {
  const { stage, done, total } = tray.progress
  if (tray.state === 'waiting') return t('imports.queued')
  const rows = total
    ? t('imports.rowOf', { row: done, total })
    : done
      ? t('imports.rowOnly', { row: done })
      : ''
  const withRows = (what: string) => (rows ? t('imports.withRows', { what, rows }) : what)
  switch (stage) {
    case '识别':
      return total > 1
        ? t('imports.recognisingOf', { file: Math.min(done + 1, total), total })
        : t('imports.recognising')
    case '读取':
      return withRows(t('imports.reading'))
    case '写入':
      return withRows(intent === 'run' ? t('imports.writing') : t('imports.trying'))
    case '退回':
      return t('imports.returning')
    default:
      return intent === 'run' ? t('imports.preparingRun') : t('imports.preparing')
  }
}

// 新增 25, 退回 1: only what there is.
export function countParts(rows: ImportCounts): { text: string; bad: boolean }[] {
  const parts = [
    { name: t('imports.count.new'), count: rows.new, bad: false },
    { name: t('imports.count.changed'), count: rows.changed, bad: false },
    { name: t('imports.count.same'), count: rows.same, bad: false },
    { name: t('imports.count.refused'), count: rows.refused, bad: true },
  ]
  const there = parts
    .filter((one) => one.count)
    .map((one) => ({ ...one, text: t('imports.countPart', { what: one.name, count: one.count }) }))
  return there.length ? there : [{ text: t('imports.noRows'), bad: false }]
}

export function runText(rows: ImportCounts): string {
  return t('imports.run', { added: rows.new, changed: rows.changed, refused: rows.refused })
}

// What would happen, in a sentence; and whether there is anything to do at all.
export function outlookText(rows: ImportCounts): string {
  if (rows.new + rows.changed > 0) return t('imports.look.takes')
  if (rows.refused) return t('imports.look.refused')
  if (rows.same) return t('imports.look.same')
  return t('imports.look.none')
}

export function canRun(rows: ImportCounts): boolean {
  return rows.new + rows.changed + rows.refused > 0
}

// What to do about a problem, beside the program's own words for it.
export function adviceFor(code: string): string {
  switch (code) {
    case 'file_unknown':
    case 'file_damaged':
      return t('imports.advice.unknown')
    case 'file_encrypted':
      return t('imports.advice.encrypted')
    case 'file_too_large':
    case 'request_too_large':
      return t('imports.advice.large')
    case 'file_hostile':
      return t('imports.advice.hostile')
    case 'disk_full':
      return t('imports.advice.disk')
    case 'cancelled':
      return t('imports.advice.cancelled')
    case 'database_busy':
      return t('imports.advice.busy')
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
      return t('imports.remembered')
    case 'given':
      return t('imports.given')
    default:
      return proposal.why
  }
}

// Why nothing of a table is taken, in the words of the page (those of the program name its command line).
export function skippedText(proposal: ImportProposal): string {
  if (isHidden(proposal)) return t('imports.hidden', { ledger: proposal.record_name })
  if (!proposal.record && proposal.mapping_from === 'given') return t('imports.youLeftOut')
  if (!proposal.record && proposal.mapping_from === 'remembered') return t('imports.rememberedOut')
  return proposal.skipped
}

export function sentence(text: string): string {
  return /[。？！.?!]$/.test(text) ? text : text + t('imports.stop')
}

export function findingText(row: FoundRow): string {
  if (row.class === 'hidden_sheet')
    return row.message.replace(/[；;][^；;]*--sheet.*$/, t('imports.hiddenAdvice'))
  return row.message
}

export function columnText(row: FoundRow): string {
  return [row.column ?? '', row.heading].filter(Boolean).join(' ')
}

// Candidates as the person reads them.
export function candidateText(question: ImportQuestion, candidate: string): string {
  return question.code === 'ambiguous_month' ? t('imports.month', { month: candidate }) : candidate
}

// Batches that came from files, and those that undid one of them: others are no imports.
export function importBatches(all: Batch[]): Batch[] {
  const files = new Set(all.filter((one) => one.files.length && !one.undoes).map((one) => one.batch))
  return all.filter((one) => files.has(one.undoes ?? one.batch))
}

// What an undone or undoing batch is called in the list; empty for an ordinary one.
export function batchStateText(batch: Batch, all: Batch[]): string {
  if (batch.undone_by) return t('imports.undone')
  const undone = all.find((one) => one.batch === batch.undoes)
  return undone ? t('imports.undoes', { at: timeText(undone.at) }) : ''
}

// Phases that are told to who cannot see the page.
const kTold = ['looking', 'running', 'asking', 'ready', 'done', 'cancelled', 'failed']

export function phaseText(phase: string): string {
  return kTold.includes(phase) ? t(`imports.phase.${phase}`) : ''
}
