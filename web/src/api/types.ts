// What the program answers and is sent: names for the parts of schema.d.ts, which is made of openapi/*.yaml before
// every check and build (`npm run api`). Decimals and ids are strings.
import type { components } from './schema'

type Schemas = components['schemas']

export type Town = Schemas['Town']
export type Village = Schemas['Village']
export type Named = Schemas['Named']

export type Field = Schemas['Field']
export type RecordType = Schemas['RecordType']
// A row anywhere: lists, single rows and writes give its titles, lists of deleted ones who deleted it, history neither.
export type Row = Schemas['Row'] & Partial<Pick<Schemas['ListedRow'], 'titles' | 'deleted'>>
export type RowPage = Omit<Schemas['RowPage'], 'rows'> & { rows: Row[] }
export type Version = Schemas['Version']
export type RowDetail = Schemas['RowDetail']
export type LookupAnswer = Schemas['LookupAnswer']

// What the page sends of a row always has its values.
export type SentRow = Schemas['SentRow'] & { values: Schemas['Values'] }
export type WrittenRow = Schemas['WrittenRow']
export type CellFinding = Schemas['CellFinding']
export type Checked = Schemas['Checked']
export type BulkAnswer = Schemas['BulkAnswer']
export type ProblemBody = Schemas['Problem']

export type Comparison = Schemas['Comparison']
export type Target = Schemas['Target']
// A figure anywhere: its comparison and target come with the figure that was asked for, not with those behind it.
export type Figure = Schemas['Figure'] & Partial<Pick<Schemas['FigureInContext'], 'compare' | 'target'>>
export type IndicatorFigure = Schemas['IndicatorFigure']
export type Indicator = Omit<IndicatorFigure, 'figure'>
export type LedgerName = Schemas['LedgerName']
export type Explanation = Schemas['Explanation']
export type EnteredDraft = Required<Schemas['EnteredDraft']>
export type Entered = Schemas['Entered']
export type EnteredAnywhere = Schemas['EnteredAnywhere']
export type FigureRow = Schemas['FigureRow']
export type FigureRowPage = Schemas['FigureRowPage']

export type PlaceReturn = Schemas['PlaceReturn']
export type Return = Schemas['Return']

export type Part = Schemas['Part']
export type Paragraph = Schemas['Paragraph']
export type Slot = Schemas['Slot']
export type Finding = Schemas['Finding']
export type Report = Schemas['Report']

export type Rights = Schemas['Rights']
export type SessionUser = Schemas['User']
export type Session = Schemas['Session']

export type ImportColumn = Schemas['ImportColumn']
export type ImportQuestion = Schemas['ImportQuestion']
export type ImportProposal = Schemas['ImportProposal']
export type ImportCounts = Schemas['ImportCounts']
export type ImportSheet = Schemas['ImportSheet']
export type ImportResult = Schemas['ImportResult']
export type Tray = Schemas['Tray']
export type CellMend = Schemas['SentMend']
export type TableDecision = Schemas['TableDecision'] & { table: number }
export type Batch = Schemas['Batch']
