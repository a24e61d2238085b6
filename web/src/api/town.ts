// What the town says about itself, and the making of a town (doc/api.md, doc/settings.md).
import { get, send } from './client'

export interface Division {
  code: string
  name: string
}

// As an entry of settings.json; `former` is told, never sent.
export interface VillageEntry {
  code: string
  name: string
  groups: number
  aliases: string[]
  from?: string | null
  to?: string | null
  successor?: string | null
  was?: string
  since?: string
  former?: { name: string; code: string; until: string }[]
}

export interface SettingEntry {
  key: string
  name: string
  type: 'text' | 'int' | 'decimal' | 'date'
  help: string
  // A standard: its value may change from a day on.
  dated: boolean
  value: string
}

export interface TownSettings {
  town: Division
  settings: SettingEntry[]
  villages: VillageEntry[]
  // What a change must name.
  version: string
}

// The shape of settings.json.
export interface SettingsFile {
  town: Division
  county?: Division
  villages: VillageEntry[]
  [key: string]: unknown
}

export const townApi = {
  divisions: (under: string) => get<Division[]>('/divisions', { under }),
  make: (settings: SettingsFile) => send<{ made: boolean }>('POST', '/setup', settings),
  settings: () => get<TownSettings>('/settings'),
  change: (change: { values?: { [key: string]: string }; villages?: VillageEntry[] }, version: string) =>
    send<TownSettings>('PUT', '/settings', change, { ifMatch: version }),
}
