// A town about to be made: from the national list, from a file, or typed.
import type { Division, SettingsFile, VillageEntry } from '@/api/town'
import { emptyVillage, firstFreeCode } from '@/features/settings/changes'
import { t } from '@/i18n'

export interface TownDraft {
  town: Division
  county: Division
  villages: VillageEntry[]
  // What else a settings.json said: names, slogans, standards.
  rest: { [key: string]: unknown }
}

export function emptyDraft(): TownDraft {
  return { town: { code: '', name: '' }, county: { code: '', name: '' }, villages: [], rest: {} }
}

export const twelve = (code: string) => code.padEnd(12, '0')

// What the list says: a county of 6 digits, a town of 9, its villages of 12.
export function fromList(county: Division, town: Division, villages: Division[]): TownDraft {
  return {
    town: { code: twelve(town.code), name: town.name },
    county: { code: twelve(county.code), name: county.name },
    villages: villages.map((one) => ({
      ...emptyVillage(one.code),
      name: one.name,
      aliases: one.aliases ?? [],
    })),
    rest: {},
  }
}

// A settings.json, or lines of names: `name`, `code,name` or `code,name,groups`. Throws with what is wrong.
export function fromFile(text: string, draft: TownDraft): TownDraft {
  if (text.trimStart().startsWith('{')) return fromSettings(text)
  const next: TownDraft = { ...draft, villages: [] }
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  for (const line of lines.map((one) => one.trim()).filter(Boolean)) {
    const cells = line.split(/[,，\t]/).map((cell) => cell.trim())
    const code = cells.find((cell) => /^\d{12}$/.test(cell)) ?? firstFreeCode(next.town.code, next.villages)
    const name = cells.find((cell) => cell && !/^\d+$/.test(cell))
    const groups = cells.find((cell) => /^\d{1,2}$/.test(cell))
    if (name) next.villages.push({ ...emptyVillage(code), name, groups: Number(groups ?? 0) })
  }
  if (!next.villages.length) throw new Error(t('setup.fileEmpty'))
  return next
}

function fromSettings(text: string): TownDraft {
  let file: Partial<SettingsFile>
  try {
    file = JSON.parse(text) as Partial<SettingsFile>
  } catch {
    throw new Error(t('setup.fileBroken'))
  }
  const { town, county, villages, ...rest } = file
  if (!town?.code || !town.name) throw new Error(t('setup.fileWithoutTown'))
  return {
    town: { code: twelve(String(town.code)), name: town.name },
    county: { code: county?.code ?? '', name: county?.name ?? '' },
    villages: (villages ?? []).map((one) => ({ ...emptyVillage(''), ...one })),
    rest,
  }
}

// What the page can see to be missing; the program judges the rest.
export function draftFault(draft: TownDraft): string {
  if (!draft.town.name.trim()) return t('setup.needName')
  if (!/^\d{9}(\d{3})?$/.test(draft.town.code)) return t('setup.needCode')
  if (!draft.villages.length) return t('setup.needVillages')
  const bad = draft.villages.find((one) => !one.name.trim() || !/^\d{12}$/.test(one.code))
  if (bad) return t('setup.badVillage', { name: bad.name || bad.code || '—' })
  const codes = draft.villages.map((one) => one.code)
  const twice = codes.find((code, at) => codes.indexOf(code) !== at)
  return twice ? t('setup.codeTwice', { code: twice }) : ''
}

export function toSettings(draft: TownDraft): SettingsFile {
  const { code, name } = draft.county
  return {
    ...draft.rest,
    town: { code: twelve(draft.town.code), name: draft.town.name.trim() },
    ...(code && name ? { county: { code: twelve(code), name } } : {}),
    villages: draft.villages.map((one) => ({ ...one, name: one.name.trim() })),
  }
}
