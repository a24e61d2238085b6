// How fast the page is on a large town: medians of 5 in Debian's Chromium, headless, this machine being server and browser at once.
//
//   build/release/zhenwu sample /tmp/large --scale 7      # some 1,000,000 rows
//   node bench/page.mjs build/release/zhenwu /tmp/large [--record herd_quarter] [--all 10]
//
// Prints one table; exit 1 when a limit of the third column is missed. `--all N` multiplies the limits by N (0 shows that it
// can fail). It adds a user to the town, and changes one remark back and forth.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Browser } from '../tests/e2e/browser.mjs'
import { Checks } from '../tests/e2e/checks.mjs'

const kTimes = 5
const kDesk = { width: 1366, height: 768 }
const kPassword = 'liang-yi-liang-kuai-man-9'
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const [program, folder, ...words] = process.argv.slice(2)
const option = (name, usual) => {
  const at = words.indexOf(`--${name}`)
  return at < 0 ? usual : words[at + 1]
}
if (!program || !folder) {
  console.error('node bench/page.mjs PROGRAM TOWN [--record ID] [--all N]')
  process.exit(2)
}
const factor = Number(option('all', '1'))

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const lines = []
function tell(what, unit, numbers, limit) {
  const value = median(numbers)
  lines.push({ what, value, unit, limit: limit * factor, worst: Math.max(...numbers) })
}

function serve() {
  const server = spawn(program, ['serve', folder, '--listen', '127.0.0.1:0'])
  return new Promise((done, failed) => {
    let said = ''
    const hear = (text) => {
      said += text
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (address) done({ server, origin: address[0] })
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.on('exit', (code) => failed(new Error(`serve ended with ${code}: ${said}`)))
  })
}

// Signed in as somebody of the office; the answer of the program gives the password that works once.
async function comesIn(page, origin, login, once) {
  const { request } = page.context()
  await request.post(`${origin}/api/v1/session`, { data: { login, password: once ?? kPassword } })
  if (!once) return
  const { csrf } = await (await request.get(`${origin}/api/v1/session`)).json()
  await request.post(`${origin}/api/v1/session/password`, {
    data: { old: once, new: kPassword },
    headers: { 'X-CSRF-Token': csrf },
  })
}

async function timed(work) {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

// A browser that has never seen the page: bytes over the wire and the time until a figure can be clicked.
async function firstPage(open, origin) {
  const times = []
  const weights = []
  for (let n = 0; n < kTimes; n++) {
    const page = await open()
    // The browser itself is open already, as in an office; of the page it knows nothing.
    await page.goto(`${origin}/icon.svg`)
    let bytes = 0
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.enable')
    cdp.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
    times.push(
      await timed(async () => {
        await page.goto(`${origin}/`)
        await page.locator('.paper .figure').first().waitFor()
      }),
    )
    weights.push(bytes / 1024)
    await page.context().close()
  }
  tell('first page, compressed', 'KB', weights, 400)
  tell('first page usable', 'ms', times, 1000)
}

async function ledger(page, origin, record) {
  const times = []
  for (let n = 0; n < kTimes; n++) {
    await page.goto(`${origin}/ledgers`)
    const link = page.locator(`a[href^="/ledgers/${record}"]`).first()
    await link.waitFor()
    times.push(
      await timed(async () => {
        await link.click()
        await page.locator('table.grid tbody tr').first().waitFor()
      }),
    )
  }
  tell('a ledger opens', 'ms', times, 300)
}

// Every frame while the wheel turns: rows that should be seen and are not there, or have no text.
async function scrolls(page) {
  const blanks = []
  for (let n = 0; n < kTimes; n++) {
    await page.evaluate(() => {
      const box = document.querySelector('.grid-box')
      window.blank = { frames: 0, longest: 0, since: 0, on: true }
      const look = () => {
        const rows = [...box.querySelectorAll('tbody tr')]
        const { top, bottom } = box.getBoundingClientRect()
        const seen = rows.filter((row) => {
          const at = row.getBoundingClientRect()
          return at.bottom > top && at.top < bottom && row.textContent.trim().length > 4
        })
        const wanted = Math.floor((bottom - top) / 33) - 4
        const now = performance.now()
        window.blank.frames += 1
        if (seen.length >= wanted) window.blank.since = 0
        else {
          window.blank.since ||= now
          window.blank.longest = Math.max(window.blank.longest, now - window.blank.since)
        }
        if (window.blank.on) requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    await page.locator('.grid-box').hover()
    for (let step = 0; step < 40; step++) {
      await page.mouse.wheel(0, 1200)
      await page.waitForTimeout(30)
    }
    blanks.push(await page.evaluate(() => ((window.blank.on = false), window.blank.longest)))
  }
  tell('rows blank while scrolling, longest', 'ms', blanks, 0)
}

// A remark where the ledger has one, else a number a little smaller each time: checks rarely mind.
async function saves(page, column, isNumber) {
  const times = []
  await page.locator('.grid-box').evaluate((box) => (box.scrollTop = 0))
  const cell = page.locator(`td[data-at="0-${column}"]`)
  await cell.waitFor()
  for (let n = 0; n < kTimes; n++) {
    const standing = Number((await cell.innerText()).replace(/[^\d.]/g, ''))
    const word = isNumber ? (standing - 0.01).toFixed(2) : `量${n}${Date.now() % 1000}`
    await cell.click()
    await page.keyboard.type(word)
    times.push(
      await timed(async () => {
        await page.keyboard.press('Enter')
        await page.locator('.save-state').filter({ hasText: /已保存|未保存/ }).waitFor()
      }),
    )
    const said = await page.locator('.save-state').innerText()
    if (!said.includes('已保存')) throw new Error(`the cell is not saved: ${said}`)
    await page.waitForTimeout(500)
  }
  tell('a saved cell confirmed', 'ms', times, 100)
}

async function explains(page, origin) {
  const times = []
  for (let n = 0; n < kTimes; n++) {
    await page.goto(`${origin}/`)
    const figure = page.locator('.paper .figure').nth(3)
    await figure.waitFor()
    times.push(
      await timed(async () => {
        await figure.click()
        await page.locator('.panel .sources, .panel .big').first().waitFor()
      }),
    )
  }
  tell('an explanation', 'ms', times, 200)
}

const { server, origin } = await serve()
const browser = new Browser(root, new Checks())
try {
  const login = `bench${Date.now() % 100000}`
  const added = spawnSync(program, ['user', 'add', folder, login, '--role', 'office', '--why', '测速', '--json'])
  let once = JSON.parse(String(added.stdout)).one_time_password
  const open = async () => {
    const page = await browser.open(origin, kDesk)
    await comesIn(page, origin, login, once)
    once = undefined
    return page
  }
  await firstPage(open, origin)
  const page = await open()
  const types = await (await page.context().request.get(`${origin}/api/v1/records`)).json()
  const largest = types.reduce((a, b) => (b.count > a.count ? b : a))
  const record = option('record', largest.id)
  const rows = types.reduce((sum, type) => sum + type.count, 0)
  const type = types.find((one) => one.id === record)
  await ledger(page, origin, record)
  await scrolls(page)
  const heads = await page.locator('table.grid thead tr').first().locator('th button').allInnerTexts()
  const mayType = (one) => !one.computed && !one.personal && !type.key.includes(one.id)
  const shown = type.fields.filter((one) => heads.some((head) => head.replace(/（.*/, '').trim() === one.name))
  const free =
    shown.find((one) => mayType(one) && one.type === 'text' && !one.required) ??
    shown.find((one) => mayType(one) && one.type === 'decimal')
  const column = heads.findIndex((one) => one.replace(/（.*/, '').trim() === free?.name)
  if (column >= 0) await saves(page, column, free.type === 'decimal')
  else console.log(`nothing to type into among the columns of ${record}: a saved cell is not measured`)
  await explains(page, origin)
  console.log(`${rows.toLocaleString()} rows in the town, ${type.count.toLocaleString()} in ${record}\n`)
} finally {
  await browser.close()
  server.removeAllListeners('exit')
  server.kill('SIGTERM')
}
console.log('| what | median of 5 | slowest | limit |\n| --- | ---: | ---: | ---: |')
for (const { what, value, unit, limit, worst } of lines)
  console.log(`| ${what} | ${value.toFixed(0)} ${unit} | ${worst.toFixed(0)} ${unit} | ${limit} ${unit} |`)
process.exit(lines.some(({ value, limit }) => value > limit) ? 1 : 0)
