// Users, their sessions, masked values opened (doc/api.md).
import { get, send } from './client'
import type { Session, SessionUser } from './types'

export interface User extends SessionUser {
  disabled: boolean
  made_at: string
}

export interface MadeUser extends User {
  one_time_password: string
}

export interface Role {
  key: string
  name: string
  by_line: boolean
  by_place: boolean
  whole_town: boolean
}

export interface OpenSession {
  id: string
  user: string
  begun_at: string
  used_at: string
  address: string
  agent: string
  own: boolean
}

export interface UserDraft {
  login: string
  name: string
  role: string
  lines: string[]
  places: string[]
  why: string
}

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
  users: () => get<{ users: User[]; roles: Role[] }>('/users'),
  add: (draft: UserDraft) => send<MadeUser>('POST', '/users', draft),
  change: (id: string, change: Partial<UserDraft> & { disabled?: boolean; why: string }) =>
    send<User>('PATCH', `/users/${encoded(id)}`, change),
  resetPassword: (id: string, why: string) =>
    send<MadeUser>('POST', `/users/${encoded(id)}/password`, { why }),
  reveal: (record: string, id: string, field: string, why: string) =>
    send<{ field: string; value: string }>('POST', `/records/${encoded(record)}/${encoded(id)}/reveal`, {
      field,
      why,
    }),
}
