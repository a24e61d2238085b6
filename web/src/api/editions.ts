// The report desk's calls: drafts, their paragraphs, sealing, and a .docx that came back.
import { get, send, upload } from './client'

const encoded = encodeURIComponent
const editionOf = (edition: number) => `/editions/${edition}`

export interface Edition {
  edition: number
  period: string
  title: string
  sealed: boolean
  sealed_at: string | null
  sealed_by: string | null
}

// A paragraph as it is written, with its slots: {{p11=openfield_vegetable_sown_mu}}.
export interface EditionParagraph {
  id: string
  version: string
  chapter: string
  style: string
  text: string
  deleted: boolean
  at: string
  by: string
}

export interface Verified {
  sound: boolean
  figures: number
  findings: { class: string; severity: string; message: string }[]
}

export interface Returned {
  same: boolean
  figures: { slot: string; label: string; was: string; now: string }[]
  sentences: { paragraph: string; was: string; now: string; whole_paragraph: boolean }[]
  // Names this comparison when something of it is taken over.
  seen: string
  // How many paragraphs were made the draft's own.
  taken: number
}

export const editions = {
  list: (report: string, period: string) =>
    get<Edition[]>(`/reports/${encoded(report)}/editions`, { period }),
  draft: (report: string, period: string, from?: number) =>
    send<Edition>(
      'POST',
      `/reports/${encoded(report)}/editions`,
      from === undefined ? {} : { from_edition: String(from) },
      { query: { period } },
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
  add: (edition: number, after: EditionParagraph, text: string, style = 'body') =>
    send<EditionParagraph>('POST', `${editionOf(edition)}/paragraphs`, {
      chapter: after.chapter,
      after: after.id,
      style,
      text,
    }),
  remove: (edition: number, one: EditionParagraph) =>
    send<null>('DELETE', `${editionOf(edition)}/paragraphs/${one.id}`, undefined, { ifMatch: one.version }),
  seal: (edition: number, waivers: { [slot: string]: string }) =>
    send<Edition>('POST', `${editionOf(edition)}/seal`, { waivers }),
  verify: (edition: number) => get<Verified>(`${editionOf(edition)}/verify`),
  // `chosen`: places among the sentences of `seen`, the comparison that they were chosen in.
  returned: (edition: number, file: File, chosen?: number[], seen?: string) =>
    upload<Returned>(
      `${editionOf(edition)}/returned/${encoded(file.name)}`,
      file,
      chosen ? { take_over: chosen.join(','), seen } : {},
    ),
}
