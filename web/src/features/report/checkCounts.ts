// What of a report's figures nobody has confirmed yet.
import type { FigureCheck, LineChecks } from '@/api/checks'

export const waits = (figure: FigureCheck) => figure.state !== 'confirmed'
export const waiting = (line: LineChecks) => line.figures.filter(waits)
export const all = (lines: LineChecks[]) => lines.flatMap((line) => line.figures)
export const disputed = (lines: LineChecks[]) => all(lines).filter((figure) => figure.state === 'disputed')
export const confirmed = (line: LineChecks) => line.figures.length - waiting(line).length
