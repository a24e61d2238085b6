// What a person has answered about one table. A table with several questions gathers the answers and sends them in one
// decision: the program takes a table that was decided on as settled.
import type { ImportProposal, ImportQuestion, RecordType, TableDecision } from '@/api/types'
import { t } from '@/i18n'
import { fieldName } from './tables'

export type Answer = Omit<TableDecision, 'file' | 'sheet' | 'table'>

export interface Draft extends Answer {
  // Keys of the questions that were answered.
  answered: string[]
}

export const kNoDraft: Draft = { answered: [] }

const kButtons = 8

export interface Option {
  text: string
  answer: Answer
}

// The answers that can be given by a button; a place, a period or a lacking column are chosen from a list.
export function optionsOf(question: ImportQuestion, proposal: ImportProposal, types: RecordType[]): Option[] {
  const type = types.find((one) => one.id === proposal.record)
  const none = { text: t('imports.leaveTable'), answer: { record: '' } }
  switch (question.code) {
    case 'unsure_record': {
      const named = question.candidates.flatMap((id) => types.filter((one) => one.id === id))
      return [...named.map((one) => ({ text: one.name, answer: { record: one.id } })), none]
    }
    case 'ambiguous_month':
      return ([1, 10] as const).map((month) => ({
        text: t('imports.month', { month }),
        answer: { ambiguous_month: month },
      }))
    case 'missing_place':
    case 'missing_period':
    case 'missing_key':
      return [none]
  }
  const heading = proposal.columns.find((one) => one.column === question.column)?.heading
  if (heading === undefined) return [{ text: t('imports.right'), answer: { columns: {} } }, none]
  const fields = question.candidates
    .map((id) => ({ id, name: fieldName(type, id) }))
    .filter((one) => one.name)
    .slice(0, kButtons)
  return [...fields, { name: t('imports.leaveColumn'), id: '' }].map((one) => ({
    text: one.name,
    answer: { columns: { [heading]: one.id } },
  }))
}

// Whether an answer says what `option` says.
export function says(answer: Answer, option: Answer): boolean {
  const columns = Object.entries(option.columns ?? {})
  return (
    (option.record === undefined || option.record === answer.record) &&
    (option.ambiguous_month === undefined || option.ambiguous_month === answer.ambiguous_month) &&
    columns.every(([heading, field]) => answer.columns?.[heading] === field)
  )
}

export function questionKey(question: ImportQuestion): string {
  return `${question.code} ${question.column} ${question.text}`
}

// The later answer goes before the earlier one, column by column.
export function merged<T extends Answer>(before: T, answer: Answer): T {
  const columns = { ...before.columns, ...answer.columns }
  return { ...before, ...answer, ...(before.columns || answer.columns ? { columns } : {}) }
}

export function withAnswer(draft: Draft, answer: Answer, questions: ImportQuestion[] = []): Draft {
  const keys = questions.map(questionKey)
  return { ...merged(draft, answer), answered: [...new Set([...draft.answered, ...keys])] }
}

// Of which place and period the whole table is, where the answer says it.
export function wholeOf({ place, period }: Answer): Answer | null {
  if (!place && !period) return null
  return { ...(place ? { place } : {}), ...(period ? { period } : {}) }
}

// Choosing a field for a column answers what was asked about that column.
export function questionsAbout(proposal: ImportProposal, column: string): ImportQuestion[] {
  return proposal.questions.filter((one) => one.column === column && one.code !== 'ambiguous_month')
}

export function openQuestions(proposal: ImportProposal, draft: Draft): ImportQuestion[] {
  return proposal.questions.filter((one) => !draft.answered.includes(questionKey(one)))
}

export function decisionOf(proposal: ImportProposal, answer: Answer | Draft): TableDecision {
  const { record, columns, place, period, ambiguous_month } = answer
  return {
    file: proposal.file,
    sheet: proposal.sheet,
    table: proposal.table,
    ...(record === undefined ? {} : { record }),
    ...(columns ? { columns } : {}),
    ...(place ? { place } : {}),
    ...(period ? { period } : {}),
    ...(ambiguous_month ? { ambiguous_month } : {}),
  }
}

// Another ledger, or none, makes every other answer void.
export function settles(proposal: ImportProposal, answer: Answer): boolean {
  return answer.record !== undefined && answer.record !== proposal.record
}

export function grainOf(question: ImportQuestion | undefined, reported: string | null): string {
  if (reported) return reported
  const asked = /哪一(年|季|月)/.exec(question?.text ?? '')?.[1]
  return { 年: 'year', 季: 'quarter', 月: 'month' }[asked ?? ''] ?? ''
}

// 2023, 2023Q4, 2023-06 from a year and a part of it.
export function periodOf(year: string, part: string): string {
  if (!/^\d{4}$/.test(year)) return ''
  if (!part) return year
  return part.startsWith('Q') ? `${year}${part}` : `${year}-${part.padStart(2, '0')}`
}
