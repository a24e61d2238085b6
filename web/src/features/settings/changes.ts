// What of the settings differs from what stands: only that is sent.
import type { SettingEntry, VillageEntry } from '@/api/town'

export function emptyVillage(code: string): VillageEntry {
  return { code, name: '', groups: 0, aliases: [] }
}

// Codes of villages are the town's first nine digits and a number from 200 on (neighbourhoods: 001 to 199).
const kFirstVillage = 200
export function firstFreeCode(town: string, villages: VillageEntry[]): string {
  const numbers = villages
    .filter((village) => village.code.startsWith(town.slice(0, 9)))
    .map((village) => Number(village.code.slice(9)))
  return `${town.slice(0, 9)}${String(Math.max(kFirstVillage - 1, ...numbers) + 1).padStart(3, '0')}`
}

export function changedValues(
  standing: SettingEntry[],
  values: { [key: string]: string },
): { [key: string]: string } {
  const changed = standing.filter((one) => (values[one.key] ?? '') !== one.value)
  return Object.fromEntries(changed.map((one) => [one.key, (values[one.key] ?? '').trim()]))
}

// As an entry of settings.json: what was taken away is null, what is only told is left out.
function sent(village: VillageEntry, before: VillageEntry | undefined): VillageEntry {
  const out: VillageEntry = { ...village, name: village.name.trim() }
  delete out.former
  for (const key of ['from', 'to', 'successor'] as const) {
    if (!out[key]) {
      delete out[key]
      if (before?.[key]) out[key] = null
    }
  }
  if (!out.since) delete out.since
  return out
}

export function changedVillages(standing: VillageEntry[], villages: VillageEntry[]): VillageEntry[] {
  const before = new Map(standing.map((one) => [one.code, one]))
  const same = (one: VillageEntry) => {
    const old = before.get(one.code)
    return old !== undefined && JSON.stringify(sent(one, old)) === JSON.stringify(sent(old, old))
  }
  return villages.filter((one) => !same(one)).map((one) => sent(one, before.get(one.code)))
}
