// Users, their sessions, masked values opened (doc/api.md).
import { get, send } from './client'
import type { components } from './schema'
import type { Session } from './types'

type Schemas = components['schemas']

export type User = Schemas['User']
export type MadeUser = Schemas['MadeUser']
export type Role = Schemas['Role']
export type OpenSession = Schemas['OpenSession']
// No role until one is chosen.
export type UserDraft = Omit<Required<Schemas['UserDraft']>, 'role'> & { role: string }

const encoded = encodeURIComponent

export const accounts = {
  firstStart: (login: string, name: string, password: string) =>
    send<Session>('POST', '/first-start', { login, name, password }),
  signIn: (login: string, password: string) => send<Session>('POST', '/session', { login, password }),
  signOut: () => send<Session>('DELETE', '/session'),
  changePassword: (old: string, fresh: string) =>
    send<Session>('POST', '/session/password', { old, new: fresh }),
  sessions: () => get<OpenSession[]>('/sessions'),
  endSession: (id: string) => send<null>('DELETE', `/sessions/${encoded(id)}`),
  users: () => get<Schemas['Users']>('/users'),
  add: (draft: UserDraft, idempotencyKey: string) =>
    send<MadeUser>('POST', '/users', draft, { idempotencyKey }),
  change: (id: string, change: Partial<UserDraft> & { disabled?: boolean; why: string }) =>
    send<User>('PATCH', `/users/${encoded(id)}`, change),
  resetPassword: (id: string, why: string) =>
    send<MadeUser>('POST', `/users/${encoded(id)}/password`, { why }),
  reveal: (record: string, id: string, field: string, why: string) =>
    send<Schemas['Revealed']>('POST', `/records/${encoded(record)}/${encoded(id)}/reveal`, {
      field,
      why,
    }),
}
