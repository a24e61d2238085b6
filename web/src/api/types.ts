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
  // bool, int, decimal, ratio, text, choice, date, period, ref
  type: string
  unit: string
  scale: number
  group: string
  help: string
  required: boolean
  personal: boolean
  secret: boolean
  computed: boolean
  // A layer of the definitions hides it: not shown, not asked for.
  hidden?: boolean
  // Of periods: year, quarter, month.
  grain?: string
  choices?: string[]
  to?: string
}

export interface RecordType {
  id: string
  line: string
  name: string
  name_en: string
  place_name: string
  key?: string[]
  // Parts of the form in order; a field without group stands before them.
  groups?: string[]
  list: string[]
  // The part it plays for the program itself: target, setting.
  plays: string | null
  reported: string | null
  // The field that says which period a row reports.
  reported_at?: string | null
  fields: Field[]
  count: number
  // Whether who asks may write rows of it.
  may_write?: boolean
}

export interface Row {
  id: string
  version: string
  state: string
  place: string
  place_name: string
  values: { [field: string]: string | null }
  // Dates known to a month or a year only.
  precision: { [field: string]: string }
  // How references and names of definitions read; of lists and single rows, not of history.
  titles?: { [field: string]: string }
  // Of the list of deleted rows.
  deleted?: { at: string; by: string; title: string }
}

export interface RowPage {
  rows: Row[]
  next: string
  count: number
}

export interface Version {
  version: string
  seq: string
  at: string
  by: string
  why: string
  batch: string | null
  op: 'create' | 'update' | 'delete' | 'restore'
  // file|sheet|row
  source: string
  record: Row
}

export interface RowDetail extends Row {
  title: string
  is_deleted?: boolean
  history: Version[]
}

export interface Comparison {
  base: string | null
  difference: string | null
  percent: string | null
  // Names of places that either side lacks: then there is no difference.
  uneven?: string[]
}

export interface Target {
  value: string
  due: string | null
  document: string
  completion: string | null
}

export interface Figure {
  indicator: string
  // The place's code; the part 镇本级 has the town's own.
  place: string
  place_id: string
  place_name: string
  period: string
  value: string | null
  exact: string | null
  unit: string
  // filled, partial 17/18, missing, no_base, forecast, adopted
  state: string
  basis: string
  // Places it was cut to for the caller; empty: uncut.
  scope: string
  // Villages that have ended since, whose records it holds.
  included: { place_name: string; adds: string | null }[]
  // Names of the places that have not returned.
  missing: string[]
  records: number
  empty_values: number
  seq: string
  computed?: string
  // What its definition finds doubtful, in words.
  doubts: string[]
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

// A ledger that must be filled for a figure to have its value.
export interface LedgerName {
  record: string
  name: string
  // month, quarter, year; null: entered as it happens
  reported: string | null
}

export interface Explanation extends IndicatorFigure {
  explanation: {
    formula: string
    places: Figure[]
    months: Figure[]
    inputs: (Figure & { name: string })[]
  }
  ledgers: LedgerName[]
  // Newest first: the newest counts.
  entered: Entered[]
}

// A figure that an organ fixed (采用), or a forecast (预计).
export interface EnteredDraft {
  kind: 'adopted' | 'forecast'
  value: string
  // Who fixed it; empty where the document says so.
  organ: string
  document: string
  reason: string
}

// One of all that were ever entered, whatever the place.
export interface EnteredAnywhere extends Entered {
  indicator: string
  name: string
  place: string
  place_name: string
  period: string
  unit: string
}

export interface Entered extends EnteredDraft {
  id: string
  by: string
  at: string
}

export interface FigureRow {
  // The indicator it adds to: of a derived figure one of its inputs.
  indicator: string
  indicator_name: string
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

export interface FigureRowPage {
  rows: FigureRow[]
  next: string
}

// How a village stands: missing, returned, or zero (零报告).
export interface PlaceReturn {
  code: string
  name: string
  state: 'missing' | 'returned' | 'zero'
  // Said by hand, by whom, when and why; else its rows say it.
  by_hand: boolean
  by: string
  at: string | null
  why: string
  // Rows with a value stand, whatever was said by hand.
  has_rows: boolean
}

export interface Return {
  record: string
  name: string
  line: string
  // month, quarter, year; the field that says which.
  every: string
  at: string
  period: string
  may_write: boolean
  returned: number
  owed: number
  missing: { code: string; name: string }[]
  places: PlaceReturn[]
}

// One piece of a paragraph: plain text, or the text that a slot printed.
export interface Part {
  text: string
  slot?: string
  strong?: boolean
}

export interface Paragraph {
  id: string
  style: 'title' | 'chapter' | 'section' | 'point' | 'body'
  parts: Part[]
  // What it is kept under, where it can be written: the title and the names of chapters cannot.
  record?: string
}

export interface Slot {
  id: string
  kind: 'figure' | 'name' | 'phrase' | 'condition'
  text: string
  // The indicator, setting or phrase; a condition's formula.
  key: string
  label: string
  // Of figures only.
  indicator: string | null
  place: string | null
  place_name: string
  period: string | null
  value: string | null
  exact: string | null
  unit: string
  state: string
  basis: string
  computed: string | null
  records: number
  compare: string | null
  missing: string[]
  formula: string
  // Why it keeps the edition from being final.
  pending: string | null
  blocks: boolean
  // Of those that block: what must be filled.
  ledgers: LedgerName[]
  waiver: string | null
  // How it is written does not fit the value: shown, does not block.
  note: string
}

export interface Finding {
  row: number
  column: string | null
  class: string
  severity: string
  message: string
  field?: string
  value?: string
}

export interface Report {
  edition: number
  report: string
  name: string
  period: string
  title: string
  sealed: boolean
  sealed_at: string | null
  sealed_by: string | null
  digest: string | null
  slots: Slot[]
  // How many slots keep it from being final.
  pending: number
  findings: Finding[]
  paragraphs: Paragraph[]
}

export interface ProblemBody {
  code: string
  title: string
  title_en?: string
  status: number
  // Of refused writes, at their fields.
  findings?: CellFinding[]
  // Of a write that came too late: the row as it stands, and who wrote it.
  current?: Row
  by?: string
  at?: string
}

export interface CellFinding {
  // null: the whole row
  field: string | null
  code: string
  // refused, warning, note
  severity: string
  message: string
}

// A row that was written.
export interface WrittenRow extends Row {
  findings: CellFinding[]
}

// What a row would be if it were written now.
export interface Checked {
  findings: CellFinding[]
  computed: { [field: string]: string | null }
  values: { [field: string]: string | null }
  precision: { [field: string]: string }
  titles: { [field: string]: string }
}

// What is sent of a row: texts as they were typed; null empties.
export interface SentRow {
  id?: string
  version?: string
  place?: string
  values: { [field: string]: string | null }
  precision?: { [field: string]: string }
}

export interface BulkAnswer {
  batch: string | null
  rows: {
    outcome: 'new' | 'changed' | 'same' | 'refused' | 'draft'
    id: string | null
    findings: CellFinding[]
  }[]
}

export interface LookupAnswer {
  rows: { id: string; title: string; place_name: string }[]
  more: boolean
}

export interface Rights {
  write: boolean
  import: boolean
  users: boolean
  report: boolean
  seal: boolean
  adopt: boolean
  reveal: boolean
  settings: boolean
}

export interface SessionUser {
  id: string
  login: string
  name: string
  role: string
  role_name: string
  lines: string[]
  places: string[]
  unmask: boolean
  must_change: boolean
}

export interface Session {
  user: SessionUser | null
  csrf: string | null
  first_start: boolean
  // There is no town yet: it is made here, or at the machine that the program runs on.
  setup?: 'here' | 'elsewhere'
  may: Rights
}

// The import desk: a tray of files, what each of their tables was taken for, what would be or was done.

export interface ImportColumn {
  column: string
  // The headings above each other, joined by /.
  heading: string
  unit: string
  // A field, "place", "" for what is not taken.
  field: string
  field_name: string
  why: string
  left_out: boolean
  samples: string[]
}

export interface ImportQuestion {
  code: string
  text: string
  // Empty: about the whole table.
  column: string
  candidates: string[]
  // Of missing_key, where the program says it.
  field?: string
  has_proposal: boolean
}

export interface ImportProposal {
  file: string
  // Empty: the file cannot be read.
  sheet: string
  // From 1; 0: the sheet has no table.
  table: number
  heading_row: number
  rows: number
  record: string
  record_name: string
  why: string
  second: string
  mapping_from: 'proposed' | 'remembered' | 'given'
  // Why nothing of it is taken.
  skipped: string
  columns: ImportColumn[]
  questions: ImportQuestion[]
}

export interface ImportCounts {
  read: number
  new: number
  changed: number
  same: number
  refused: number
  draft: number
}

export interface ImportSheet {
  sheet: string
  record: string
  rows: ImportCounts
  findings: Finding[]
}

export interface ImportResult {
  batch: string | null
  files: { file: string; sheets: ImportSheet[]; rejects?: string }[]
  // Questions are open and nothing was read further.
  asked: boolean
  proposals: ImportProposal[]
}

export interface Tray {
  id: string
  state: 'open' | 'waiting' | 'working' | 'looked' | 'done' | 'failed'
  files: { name: string; bytes: number }[]
  progress: { stage: string; done: number; total: number }
  decisions: number
  mends?: CellMend[]
  result: ImportResult | null
  problem: { code: string; title: string; title_en: string } | null
}

// A cell that counts as if it held another text; the file stays as it is.
export interface CellMend {
  file: string
  sheet: string
  row: number
  column: string
  // Null takes the correction back.
  value: string | null
}

export interface TableDecision {
  file: string
  sheet: string
  table: number
  // Another ledger; "" leaves the table out.
  record?: string
  columns?: { [heading: string]: string }
  place?: string
  period?: string
  ambiguous_month?: 1 | 10
}

export interface Batch {
  batch: string
  seq: string
  at: string
  by: string
  why: string
  files: string[]
  new: number
  changed: number
  same: number
  refused: number
  undoes: string | null
  undone_by: string | null
}
