// The one place that talks to the program.
import type {
  BulkAnswer,
  Checked,
  EnteredAnywhere,
  EnteredDraft,
  Explanation,
  FigureRowPage,
  IndicatorFigure,
  LookupAnswer,
  ProblemBody,
  RecordType,
  Report,
  Return,
  RowDetail,
  RowPage,
  SentRow,
  Session,
  Town,
  WrittenRow,
} from './types'
import { language, locale, t } from '@/i18n'

export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    // The whole answer, where there was one.
    readonly body: ProblemBody | null = null,
  ) {
    super(message)
  }
}

// What went wrong, in the language of the page.
export function problemTitle(body: ProblemBody | null, status: number): string {
  return (locale.value === 'en' ? body?.title_en : undefined) ?? body?.title ?? t('common.failed', { status })
}

type Query = { [name: string]: string | number | undefined }

export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

// Asked when a session has ended under way: true once the same person has signed in again, so that
// what was being done goes on; false when nobody was signed in at all.
let signInAgain: (() => Promise<boolean>) | null = null
export function onSignedOut(work: () => Promise<boolean>) {
  signInAgain = work
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    const headers = { ...(init.headers as { [name: string]: string }), 'Accept-Language': language() }
    response = await fetch(path, { ...init, headers })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem('offline', 0, t('common.offline'))
  }
  if (response.ok) return response
  const body = (await response.json().catch(() => null)) as ProblemBody | null
  if (body?.code === 'login_first' && (await signInAgain?.())) {
    const headers = { ...(init.headers as { [name: string]: string }) }
    if (csrf && 'X-CSRF-Token' in headers) headers['X-CSRF-Token'] = csrf
    return ask(path, { ...init, headers })
  }
  throw new ApiProblem(body?.code ?? 'internal', response.status, problemTitle(body, response.status), body)
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const response = await ask(address(path, query), { signal, headers: { Accept: 'application/json' } })
  return (await response.json()) as T
}

// Told by the session: goes with everything that writes.
let csrf: string | null = null
export function useCsrf(token: string | null) {
  csrf = token
}

export interface SendOptions {
  ifMatch?: string
  idempotencyKey?: string
  query?: Query
  signal?: AbortSignal
}

export async function send<T>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: SendOptions = {},
): Promise<T> {
  const headers: { [name: string]: string } = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (csrf) headers['X-CSRF-Token'] = csrf
  if (options.ifMatch) headers['If-Match'] = `"${options.ifMatch}"`
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  const response = await ask(address(path, options.query), {
    method,
    headers,
    signal: options.signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  return (text ? JSON.parse(text) : null) as T
}

// A file's bytes, small enough that nobody waits for them.
export async function upload<T>(path: string, file: File, query: Query = {}): Promise<T> {
  const headers: { [name: string]: string } = {
    Accept: 'application/json',
    'Content-Type': 'application/octet-stream',
  }
  if (csrf) headers['X-CSRF-Token'] = csrf
  const response = await ask(address(path, query), { method: 'PUT', headers, body: file })
  return (await response.json()) as T
}

// A name for one write, kept while it is tried again.
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const encoded = encodeURIComponent

export const api = {
  town: () => get<Town>('/town'),
  recordTypes: () => get<RecordType[]>('/records'),
  rows: (
    record: string,
    query: {
      filter?: string
      // Field → text that it holds somewhere.
      contains?: { [field: string]: string }
      sort?: string
      after?: string
      // Rows to pass over, where no cursor is known.
      skip?: number
      // '0': the count is known already.
      count?: '0'
      limit?: number
      place?: string
      deleted?: '1'
    },
    signal?: AbortSignal,
  ) => {
    const { contains = {}, ...rest } = query
    const texts = Object.entries(contains).map(([field, text]) => [`contains.${field}`, text])
    return get<RowPage>(`/records/${encoded(record)}`, { ...rest, ...Object.fromEntries(texts) }, signal)
  },
  row: (record: string, id: string) => get<RowDetail>(`/records/${encoded(record)}/${encoded(id)}`),
  session: () => get<Session>('/session'),
  lookup: (record: string, text: string, place: string, signal?: AbortSignal) =>
    get<LookupAnswer>(`/lookup/${encoded(record)}`, { text, place }, signal),
  create: (record: string, row: SentRow, idempotencyKey: string) =>
    send<WrittenRow>('POST', `/records/${encoded(record)}`, row, { idempotencyKey }),
  change: (record: string, id: string, ifMatch: string, row: SentRow) =>
    send<WrittenRow>('PATCH', `/records/${encoded(record)}/${encoded(id)}`, row, { ifMatch }),
  remove: (record: string, id: string, ifMatch: string) =>
    send<unknown>('DELETE', `/records/${encoded(record)}/${encoded(id)}`, undefined, { ifMatch }),
  restore: (record: string, id: string) =>
    send<WrittenRow>('POST', `/records/${encoded(record)}/${encoded(id)}/restore`),
  revert: (record: string, id: string, ifMatch: string, to: string) =>
    send<WrittenRow>('POST', `/records/${encoded(record)}/${encoded(id)}/revert`, { to }, { ifMatch }),
  check: (record: string, row: SentRow, signal?: AbortSignal) =>
    send<Checked>('POST', `/records/${encoded(record)}/check`, row, { signal }),
  preview: (record: string, rows: SentRow[]) =>
    send<BulkAnswer>('POST', `/records/${encoded(record)}/bulk`, rows, { query: { dry_run: 1 } }),
  bulk: (record: string, rows: SentRow[], idempotencyKey: string, why: string) =>
    send<BulkAnswer>('POST', `/records/${encoded(record)}/bulk`, rows, { idempotencyKey, query: { why } }),
  undoBatch: (batch: string) => send<unknown>('POST', `/batches/${encoded(batch)}/undo`),
  figures: (period: string, place: string) => get<IndicatorFigure[]>('/figures', { period, place }),
  figure: (indicator: string, period: string, place: string) =>
    get<Explanation>(`/figures/${encoded(indicator)}`, { period, place }),
  figureRows: (indicator: string, period: string, place: string, after: string) =>
    get<FigureRowPage>(`/figures/${encoded(indicator)}/records`, {
      period,
      place,
      after,
    }),
  figureSheet: (indicator: string, period: string, place: string) =>
    address(`/figures/${encoded(indicator)}/sheet`, { period, place }),
  enterFigure: (
    indicator: string,
    period: string,
    place: string,
    entered: EnteredDraft,
    idempotencyKey: string,
  ) =>
    send<Explanation>('POST', `/figures/${encoded(indicator)}/entered`, entered, {
      query: { period, place },
      idempotencyKey,
    }),
  entries: (period: string) => get<EnteredAnywhere[]>('/entries', { period }),
  returns: (period: string) => get<Return[]>('/returns', { period }),
  // `edition`: an earlier one; else the sealed one of the period, else its draft.
  report: (report: string, period: string, edition?: string) =>
    get<Report>(`/reports/${encoded(report)}`, { period, edition }),
  reportFile: (report: string, period: string, ending: 'docx' | 'html', edition?: string) =>
    address(`/reports/${encoded(report)}/file`, { period, format: ending, edition }),
  // Zero: nothing to report; returned: what stands is the return.
  giveReturn: (record: string, period: string, place: string, what: 'zero' | 'returned') =>
    send<Return>('POST', `/returns/${encoded(record)}`, { what }, { query: { period, place } }),
  withdrawReturn: (record: string, period: string, place: string, why: string) =>
    send<Return>('DELETE', `/returns/${encoded(record)}`, undefined, { query: { period, place, why } }),
}
