// Lines of a chart. What is drawn may be rounded; what is added up to be read is added exactly.

// Texts of decimals added; null where there is none.
export function sumTexts(texts: (string | null)[]): string | null {
  const known = texts.filter((text): text is string => text !== null)
  if (!known.length) return null
  const scale = Math.max(...known.map((text) => text.split('.')[1]?.length ?? 0))
  const units = known.reduce((sum, text) => {
    const [whole = '', fraction = ''] = text.split('.')
    return sum + BigInt(whole + fraction.padEnd(scale, '0'))
  }, 0n)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const at = digits.length - scale
  const fraction = digits.slice(at).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, at)}${fraction ? `.${fraction}` : ''}`
}

// What has come together up to each part; after the last part with data nothing is known.
export function runningSums(texts: (string | null)[]): (string | null)[] {
  const last = texts.reduce((found, text, i) => (text === null ? found : i), -1)
  return texts.map((_, i) => (i > last ? null : sumTexts(texts.slice(0, i + 1))))
}

const kSteps = [1, 2, 2.5, 5, 10]
const kLines = 4

// Round numbers for the axis from 0 (or below) up to what holds all values.
export function ticksOf(values: number[]): number[] {
  const most = Math.max(0, ...values)
  const least = Math.min(0, ...values)
  const rough = (most - least) / kLines || 1
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = size * (kSteps.find((one) => one * size >= rough * 0.999) ?? 10)
  const ticks: number[] = []
  for (let n = Math.floor(least / step); ; n++) {
    ticks.push(Number((n * step).toPrecision(12)))
    if (n * step >= most) return ticks
  }
}

export interface Point {
  x: number
  y: number
}

// Runs of points without a gap: where nothing is known no line is drawn.
export function runsOf(points: (Point | null)[]): Point[][] {
  const runs: Point[][] = []
  let open = false
  for (const point of points) {
    if (point && open) runs[runs.length - 1]!.push(point)
    else if (point) runs.push([point])
    open = !!point
  }
  return runs
}
