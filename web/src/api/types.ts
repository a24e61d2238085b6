// What the program answers (doc/api.md). Decimals and ids are strings.

export interface Village {
  code: string
  name: string
  groups: number
}

export interface Town {
  name: string
  code: string
  today: string
  villages: Village[]
  lines: { id: string; chapter: string; name: string; name_en: string }[]
  reports: { id: string; name: string }[]
}

export interface Field {
  id: string
  name: string
  name_en: string
  type: string
  unit: string
  scale: number
  group: string
  help: string
  required: boolean
  personal: boolean
  secret: boolean
  computed: boolean
  choices?: string[]
  to?: string
}

export interface RecordType {
  id: string
  line: string
  name: string
  name_en: string
  place_name: string
  list: string[]
  reported: string | null
  fields: Field[]
  count: number
}

export interface Row {
  id: string
  version: string
  state: string
  place: string
  place_name: string
  values: { [field: string]: string | null }
  precision: { [field: string]: string }
}

export interface RowPage {
  rows: Row[]
  next: string
  count: number
}

export interface Version {
  version: string
  at: string
  by: string
  why: string
  op: 'create' | 'update' | 'delete' | 'restore'
  source: string
  record: Row
}

export interface RowDetail extends Row {
  title: string
  history: Version[]
}

export interface Comparison {
  base: string | null
  difference: string | null
  percent: string | null
}

export interface Target {
  value: string
  due: string | null
  document: string
  completion: string | null
}

export interface Figure {
  indicator: string
  place: string
  place_id: string
  place_name: string
  period: string
  value: string | null
  exact: string | null
  unit: string
  state: string
  basis: string
  missing: string[]
  records: number
  empty_values: number
  computed?: string
  compare?: Comparison
  target?: Target | null
}

export interface Indicator {
  id: string
  line: string
  name: string
  name_en: string
  unit: string
  adds: string
  derived: boolean
  help: string
}

export interface IndicatorFigure extends Indicator {
  figure: Figure
}

export interface Explanation extends IndicatorFigure {
  explanation: { formula: string; places: Figure[]; months: Figure[]; inputs: Figure[] }
}

export interface FigureRow {
  record: string
  id: string
  title: string
  adds: string | null
  file: string
  sheet: string
  row: string
  by: string
  at: string
}

export interface Return {
  record: string
  name: string
  period: string
  returned: number
  owed: number
  missing: { code: string; name: string }[]
}

// One piece of a paragraph: plain text, or the text that a slot printed.
export interface Part {
  text: string
  slot?: string
}

export interface Paragraph {
  id: string
  style: 'title' | 'chapter' | 'section' | 'body'
  parts: Part[]
}

export interface Slot {
  id: string
  text: string
  kind: string
  indicator: string
  place: string
  place_name: string
  period: string
  value: string | null
  unit: string
  state: string
  basis: string
  records: number
  blocks: boolean
}

export interface Report {
  id: string
  name: string
  period: string
  paragraphs: Paragraph[]
  slots: Slot[]
}

export interface ProblemBody {
  code: string
  title: string
  status: number
}
