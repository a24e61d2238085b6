// What of a report's figures nobody has confirmed yet.
import type { FigureCheck, LineChecks } from '@/api/checks'

export const waits = (figure: FigureCheck) => figure.state !== 'confirmed'
export const waiting = (line: LineChecks) => line.figures.filter(waits)
// Whoever speaks for some lines of work alone finds them first, and open.
export const mine = (line: LineChecks, lines: LineChecks[]) =>
  line.may_check && lines.some((one) => !one.may_check)
export const mineFirst = (lines: LineChecks[]) => [
  ...lines.filter((line) => line.may_check),
  ...lines.filter((line) => !line.may_check),
]
export const all = (lines: LineChecks[]) => lines.flatMap((line) => line.figures)
export const disputed = (lines: LineChecks[]) => all(lines).filter((figure) => figure.state === 'disputed')
export const confirmed = (line: LineChecks) => line.figures.length - waiting(line).length
