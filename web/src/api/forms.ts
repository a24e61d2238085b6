// Forms of others in .xlsx: bound, filled, kept (doc/api.md).
import { address, get, send, upload } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type FormInfo = Schemas['FormInfo']
export type Form = Schemas['Form']
export type FormSheet = Schemas['FormSheet']
export type FormCell = Schemas['FormCell']
export type FormBinding = Schemas['FormBinding']
export type FilledCell = Schemas['FilledCell']
export type FormFill = Schemas['FormFill']
export type Filing = Schemas['Filing']

const encoded = encodeURIComponent
const of = (id: string) => `/forms/${encoded(id)}`

export const formsApi = {
  list: () => get<FormInfo[]>('/forms'),
  put: (name: string, file: File) => upload<FormInfo>(`/forms/${encoded(name)}/blank`, file),
  one: (id: string) => get<Form>(of(id)),
  bind: (id: string, version: string, bindings: FormBinding[]) =>
    send<FormInfo>('PUT', `${of(id)}/bindings`, { bindings }, { ifMatch: version }),
  filled: (id: string, period: string) => get<FormFill>(`${of(id)}/filled`, { period }),
  file: (id: string, period: string) => address(`${of(id)}/file`, { period }),
  filings: (id: string) => get<Filing[]>(`${of(id)}/filings`),
  keep: (id: string, period: string, why: string, idempotencyKey: string) =>
    send<Filing>('POST', `${of(id)}/filings`, { period, why }, { idempotencyKey }),
  filingFile: (id: string) => address(`/filings/${encoded(id)}/file`),
  remove: (id: string, why: string) => send<null>('DELETE', of(id), { why }),
}
