// Numbers as GB/T 15835 sets them in tables: digits in groups of three from the point, a quarter character apart (千分空).
// The gap is drawn, not written: what is copied into a spreadsheet is the number.

export interface Digits {
  sign: string
  groups: string[]
  // From the point on, empty for whole numbers.
  fraction: string
}

// Null for what is no decimal number.
export function digitsOf(text: string): Digits | null {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  if (!parts) return null
  const [, sign = '', whole = '', fraction = ''] = parts
  const first = whole.length % 3 || 3
  // 2023 stays 2023: a gap helps from five digits on.
  if (whole.length < 5) return { sign, groups: [whole], fraction }
  const groups = [whole.slice(0, first)]
  for (let at = first; at < whole.length; at += 3) groups.push(whole.slice(at, at + 3))
  return { sign, groups, fraction }
}

// How many decimals the longest of a column has: the others are set under it.
export function decimalsOf(values: (string | null | undefined)[]): number {
  return Math.max(0, ...values.map((value) => (value?.split('.')[1] ?? '').length))
}

// What is missing of `decimals` behind a number, to keep its point in the column: drawn as blank.
export function padding(text: string, decimals: number): string {
  const fraction = text.split('.')[1] ?? ''
  const missing = Math.max(0, decimals - fraction.length)
  return (missing && !fraction ? '.' : '') + '0'.repeat(missing)
}
