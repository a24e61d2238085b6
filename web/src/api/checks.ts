// 核数: lines of work speak for the report's figures (doc/api.md).
import { get, send } from './client'
import type { components } from './schema'

export type FigureCheck = components['schemas']['FigureCheck']
export type LineChecks = components['schemas']['LineChecks']

const of = (edition: number) => `/editions/${edition}/checks`

export const checks = {
  list: (edition: number) => get<{ lines: LineChecks[] }>(of(edition)),
  confirm: (edition: number, slots: string[]) =>
    send<{ lines: LineChecks[] }>('POST', of(edition), { slots, state: 'confirmed' }),
  dispute: (edition: number, slot: string, word: string) =>
    send<{ lines: LineChecks[] }>('POST', of(edition), { slots: [slot], state: 'disputed', word }),
}
