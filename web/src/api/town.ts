// What the town says about itself, and the making of a town (doc/api.md, doc/settings.md).
import { get, send } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Division = Schemas['Division']
export type SettingEntry = Schemas['Setting']
// As an entry of settings.json; `former` is told, never sent.
export type VillageEntry = Schemas['SentVillage'] &
  Pick<Schemas['StandingVillage'], 'groups' | 'aliases' | 'former'>
export type TownSettings = Omit<Schemas['TownSettings'], 'villages'> & { villages: VillageEntry[] }

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
