// The report desk's calls: drafts, their paragraphs, sealing, and a .docx that came back.
import { get, send, upload } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

const encoded = encodeURIComponent
const editionOf = (edition: number) => `/editions/${edition}`

export type Edition = Schemas['Edition']
export type EditionParagraph = Schemas['EditionParagraph']
export type Verified = Schemas['Verified']
export type Returned = Schemas['Returned']
export type Changes = Schemas['Changes']

export const editions = {
  list: (report: string, period: string) =>
    get<Edition[]>(`/reports/${encoded(report)}/editions`, { period }),
  draft: (report: string, period: string, idempotencyKey: string, from?: number) =>
    send<Edition>(
      'POST',
      `/reports/${encoded(report)}/editions`,
      from === undefined ? {} : { from_edition: String(from) },
      { query: { period }, idempotencyKey },
    ),
  paragraphs: (edition: number) => get<EditionParagraph[]>(`${editionOf(edition)}/paragraphs`),
  history: (edition: number, id: string) => get<EditionParagraph[]>(`${editionOf(edition)}/paragraphs/${id}`),
  edit: (edition: number, one: EditionParagraph, text: string) =>
    send<EditionParagraph>(
      'PATCH',
      `${editionOf(edition)}/paragraphs/${one.id}`,
      { text },
      { ifMatch: one.version },
    ),
  // After `after`: a paragraph of the same chapter.
  add: (edition: number, after: EditionParagraph, text: string, idempotencyKey: string, style = 'body') =>
    send<EditionParagraph>(
      'POST',
      `${editionOf(edition)}/paragraphs`,
      { chapter: after.chapter, after: after.id, style, text },
      { idempotencyKey },
    ),
  remove: (edition: number, one: EditionParagraph) =>
    send<null>('DELETE', `${editionOf(edition)}/paragraphs/${one.id}`, undefined, { ifMatch: one.version }),
  seal: (edition: number, waivers: { [slot: string]: string }) =>
    send<Edition>('POST', `${editionOf(edition)}/seal`, { waivers }),
  changes: (edition: number, since: number) =>
    get<Changes>(`${editionOf(edition)}/changes`, { since: String(since) }),
  verify: (edition: number) => get<Verified>(`${editionOf(edition)}/verify`),
  // `chosen`: places among the sentences of `seen`, the comparison that they were chosen in.
  returned: (edition: number, file: File, chosen?: number[], seen?: string) =>
    upload<Returned>(
      `${editionOf(edition)}/returned/${encoded(file.name)}`,
      file,
      chosen ? { take_over: chosen.join(','), seen } : {},
    ),
}
