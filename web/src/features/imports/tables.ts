// The tables of a tray as people look at them: what each was taken for together with what would become of its rows.
import type { Finding, ImportCounts, ImportProposal, ImportResult, RecordType } from '@/api/types'
import { t } from '@/i18n'

export interface TableView {
  key: string
  proposal: ImportProposal
  // Null while questions are open and nothing was read.
  rows: ImportCounts | null
  findings: Finding[]
}

export interface FoundRow extends Finding {
  file: string
  sheet: string
  // The heading over the column, where it is known.
  heading: string
}

export const kNoRows: ImportCounts = { read: 0, new: 0, changed: 0, same: 0, refused: 0, draft: 0 }

export function tableKey(one: Pick<ImportProposal, 'file' | 'sheet' | 'table'>): string {
  return JSON.stringify([one.file, one.sheet, one.table])
}

// Results of a file stand in the order of its proposals.
export function tablesOf(result: ImportResult | null): TableView[] {
  const next = new Map<string, number>()
  return (result?.proposals ?? []).map((proposal) => {
    const at = next.get(proposal.file) ?? 0
    next.set(proposal.file, at + 1)
    const sheets = result?.files.find((one) => one.file === proposal.file)?.sheets
    const sheet = result?.asked ? undefined : sheets?.[at]
    return {
      key: tableKey(proposal),
      proposal,
      rows: sheet?.rows ?? null,
      findings: sheet?.findings ?? [],
    }
  })
}

// Stands for a whole file that cannot be read; the others are.
export function isUnreadable(proposal: ImportProposal): boolean {
  return !proposal.sheet && !!proposal.skipped
}

// What a person should look at: open questions, and a table of a ledger that would not be taken.
export function isUnsure(table: TableView): boolean {
  const { proposal } = table
  if (isUnreadable(proposal)) return true
  return proposal.questions.length > 0 || (!!proposal.record && !!proposal.skipped)
}

// An old copy or a list to choose from, kept hidden in the workbook.
export function isHidden(proposal: ImportProposal): boolean {
  return !!proposal.record && !!proposal.skipped && proposal.questions.length === 0
}

export function isTaken(proposal: ImportProposal): boolean {
  return !!proposal.record && !proposal.skipped
}

export function sumOf(result: ImportResult | null): ImportCounts {
  const sum = { ...kNoRows }
  for (const { rows } of (result?.files ?? []).flatMap((file) => file.sheets)) {
    for (const name of Object.keys(sum) as (keyof ImportCounts)[]) sum[name] += rows[name]
  }
  return sum
}

export function byFile(tables: TableView[]): { file: string; tables: TableView[] }[] {
  const groups = new Map<string, TableView[]>()
  for (const table of tables) {
    const group = groups.get(table.proposal.file)
    if (group) group.push(table)
    else groups.set(table.proposal.file, [table])
  }
  return [...groups].map(([file, all]) => ({ file, tables: all }))
}

// Ledgers that rows went to, each once, in the order of the tables.
export function ledgersOf(tables: TableView[]): { record: string; name: string }[] {
  const names = new Map<string, string>()
  for (const { proposal, rows } of tables) {
    const moved = (rows?.new ?? 0) + (rows?.changed ?? 0) + (rows?.same ?? 0)
    if (isTaken(proposal) && moved) names.set(proposal.record, proposal.record_name)
  }
  return [...names].map(([record, name]) => ({ record, name }))
}

export function findingsOf(tables: TableView[]): FoundRow[] {
  return tables.flatMap(({ proposal, findings }) => {
    const headings = new Map(proposal.columns.map((one) => [one.column, one.heading]))
    return findings.map((finding) => ({
      ...finding,
      file: proposal.file,
      sheet: proposal.sheet,
      heading: headings.get(finding.column ?? '') ?? '',
    }))
  })
}

// A cell of which something was found can be corrected here; a row as a whole cannot.
export function canMend(row: FoundRow): boolean {
  return !!row.row && !!row.column && !!row.sheet && row.severity !== 'note' && row.severity !== 'total'
}

export const kSeverities = ['refused', 'total', 'warning', 'note']
export type FindingOrder = 'severity' | 'place' | 'column' | 'message'

// By how bad, by where, by column or by what it says; equal ones stay in the order of the files.
export function sortFindings(findings: FoundRow[], order: FindingOrder): FoundRow[] {
  const texts: { [order: string]: (one: FoundRow) => string } = {
    column: (one) => one.heading || one.column || '',
    message: (one) => one.message,
  }
  const key = texts[order]
  if (order === 'place') return findings
  if (key) return [...findings].sort((a, b) => key(a).localeCompare(key(b), 'zh-CN'))
  const rank = (one: FoundRow) => kSeverities.indexOf(one.severity)
  return [...findings].sort((a, b) => rank(a) - rank(b))
}

export function countSeverities(findings: FoundRow[]): { severity: string; count: number }[] {
  return kSeverities
    .map((severity) => ({ severity, count: findings.filter((one) => one.severity === severity).length }))
    .filter((one) => one.count > 0)
}

export const kFindingsPage = 100

export function pageOf<T>(rows: T[], page: number): { rows: T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / kFindingsPage))
  const at = Math.min(Math.max(1, page), pages)
  return { rows: rows.slice((at - 1) * kFindingsPage, at * kFindingsPage), page: at, pages }
}

// What a question's candidate is called; nothing where no column can be it.
export function fieldName(type: RecordType | undefined, id: string): string {
  if (type && id === 'place') return type.place_name || t('imports.village')
  return type?.fields.find((one) => one.id === id && !one.computed)?.name ?? ''
}
