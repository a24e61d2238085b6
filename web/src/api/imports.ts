// The import desk's calls. A file goes by XMLHttpRequest: fetch does not say how much of it has gone.
import { language, t } from '@/i18n'
import { address, ApiProblem, get, problemTitle, send } from './client'
import type { Batch, CellMend, ProblemBody, TableDecision, Tray } from './types'

const encoded = encodeURIComponent
const trayOf = (tray: string) => `/imports/${encoded(tray)}`

export interface Upload {
  tray: string
  file: File
  csrf: string | null
  progress: (sent: number) => void
  signal: AbortSignal
}

function problemOf(request: XMLHttpRequest): ApiProblem {
  let body: ProblemBody | null = null
  try {
    body = JSON.parse(request.responseText) as ProblemBody
  } catch {
    // Not the program itself answered, or it was cut off.
  }
  return new ApiProblem(body?.code ?? 'internal', request.status, problemTitle(body, request.status), body)
}

function upload({ tray, file, csrf, progress, signal }: Upload): Promise<Tray> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', address(`${trayOf(tray)}/files/${encoded(file.name)}`))
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', language())
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    if (csrf) request.setRequestHeader('X-CSRF-Token', csrf)
    request.upload.onprogress = (event) => progress(event.loaded)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Tray)
      else reject(problemOf(request))
    }
    request.onerror = () => reject(new ApiProblem('offline', 0, t('common.uploadCut')))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

export const imports = {
  open: () => send<Tray>('POST', '/imports', {}),
  tray: (tray: string) => get<Tray>(trayOf(tray)),
  close: (tray: string) => send<null>('DELETE', trayOf(tray)),
  upload,
  remove: (tray: string, name: string) => send<Tray>('DELETE', `${trayOf(tray)}/files/${encoded(name)}`),
  decide: (tray: string, decision: TableDecision) =>
    send<Tray>('POST', `${trayOf(tray)}/decisions`, decision),
  mend: (tray: string, mend: CellMend) => send<Tray>('POST', `${trayOf(tray)}/mends`, mend),
  look: (tray: string, takeProposals: boolean) =>
    send<Tray>('POST', `${trayOf(tray)}/look`, { take_proposals: takeProposals }),
  run: (tray: string, why: string) => send<Tray>('POST', `${trayOf(tray)}/run`, { why }),
  cancel: (tray: string) => send<Tray>('POST', `${trayOf(tray)}/cancel`, {}),
  rejects: (tray: string, file: string) => address(`${trayOf(tray)}/rejects/${encoded(file)}`),
  batches: () => get<Batch[]>('/batches'),
  undo: (batch: string) => send<unknown>('POST', `/batches/${encoded(batch)}/undo`, {}),
}
