// Packs what compresses of web/dist ahead of time, so that the program serves bytes from memory.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

function walk(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
}

let total = 0
for (const file of walk('dist').filter((name) => /\.(js|css|html|svg|json)$/.test(name))) {
  const packed = gzipSync(readFileSync(file), { level: 9 })
  writeFileSync(`${file}.gz`, packed)
  // The description is for programs: the page does not load it.
  if (file !== join('dist', 'openapi.json')) total += packed.length
}
const limit = 400 * 1024
if (total > limit) {
  console.error(`the page is ${total} bytes compressed, over ${limit}`)
  process.exit(1)
}
