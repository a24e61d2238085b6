// What a user is in charge of, in words.
import type { SessionUser, Town } from '@/api/types'
import { listText } from '@/composables/wording'
import { t } from '@/i18n'

export function placeName(code: string, town: Town | null): string {
  if (code === 'itself') return t('common.townItself')
  return town?.villages.find((village) => village.code === code)?.name ?? code
}

export function lineName(id: string, town: Town | null): string {
  return town?.lines.find((line) => line.id === id)?.name ?? id
}

export function scopeText(user: Pick<SessionUser, 'lines' | 'places'>, town: Town | null): string {
  const places = user.places.map((code) => placeName(code, town))
  const lines = user.lines.map((id) => lineName(id, town))
  const where = places.length ? listText(places) : t('common.wholeTown')
  return lines.length ? where + t('common.semicolon') + listText(lines) : where
}
