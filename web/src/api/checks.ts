// 核数: lines of work speak for the report's figures (doc/api.md).
import { get, send } from './client'

export interface FigureCheck {
  slot: string
  label: string
  text: string
  line: string
  // changed: it reads otherwise than what was spoken of.
  state: 'open' | 'confirmed' | 'disputed' | 'changed'
  was: string
  word: string
  by: string
  at: string | null
}

export interface LineChecks {
  line: string
  name: string
  may_check: boolean
  figures: FigureCheck[]
}

const of = (edition: number) => `/editions/${edition}/checks`

export const checks = {
  list: (edition: number) => get<{ lines: LineChecks[] }>(of(edition)),
  confirm: (edition: number, slots: string[]) =>
    send<{ lines: LineChecks[] }>('POST', of(edition), { slots, state: 'confirmed' }),
  dispute: (edition: number, slot: string, word: string) =>
    send<{ lines: LineChecks[] }>('POST', of(edition), { slots: [slot], state: 'disputed', word }),
}
