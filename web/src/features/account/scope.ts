// What a user is in charge of, in words.
import type { SessionUser, Town } from '@/api/types'

export function placeName(code: string, town: Town | null): string {
  if (code === 'itself') return '镇本级'
  return town?.villages.find((village) => village.code === code)?.name ?? code
}

export function lineName(id: string, town: Town | null): string {
  return town?.lines.find((line) => line.id === id)?.name ?? id
}

export function scopeText(user: Pick<SessionUser, 'lines' | 'places'>, town: Town | null): string {
  const places = user.places.map((code) => placeName(code, town)).join('、') || '全镇'
  const lines = user.lines.map((id) => lineName(id, town)).join('、')
  return lines ? `${places}；${lines}` : places
}
