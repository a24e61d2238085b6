// The one place that talks to the program.
import type {
  Explanation,
  FigureRowPage,
  IndicatorFigure,
  ProblemBody,
  RecordType,
  Report,
  Return,
  RowDetail,
  RowPage,
  Town,
} from './types'

export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
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

async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch(address(path, query), { signal, headers: { Accept: 'application/json' } })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem('offline', 0, '连不上镇务通，请确认办公室的主机开着、程序在运行')
  }
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as ProblemBody | null
    throw new ApiProblem(
      body?.code ?? 'internal',
      response.status,
      body?.title ?? `出错了（${response.status}）`,
    )
  }
  return (await response.json()) as T
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
      limit?: number
      place?: string
    },
    signal?: AbortSignal,
  ) => {
    const { contains = {}, ...rest } = query
    const texts = Object.entries(contains).map(([field, text]) => [`contains.${field}`, text])
    return get<RowPage>(`/records/${encoded(record)}`, { ...rest, ...Object.fromEntries(texts) }, signal)
  },
  row: (record: string, id: string) => get<RowDetail>(`/records/${encoded(record)}/${encoded(id)}`),
  figures: (period: string, place: string) => get<IndicatorFigure[]>('/figures', { period, place }),
  figure: (indicator: string, period: string, place: string) =>
    get<Explanation>(`/figures/${encoded(indicator)}`, { period, place }),
  figureRows: (indicator: string, period: string, place: string, after: string) =>
    get<FigureRowPage>(`/figures/${encoded(indicator)}/records`, {
      period,
      place,
      after,
    }),
  returns: (period: string) => get<Return[]>('/returns', { period }),
  report: (report: string, period: string) => get<Report>(`/reports/${encoded(report)}`, { period }),
  reportFile: (report: string, period: string, ending: 'docx' | 'html') =>
    address(`/reports/${encoded(report)}/file`, { period, format: ending }),
}
