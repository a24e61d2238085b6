// Debian's Chromium, headless, with a profile of its own. Watches what a page must never do.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'

const kTypes = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
const kFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function chromiumPath() {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync) ?? null
}

export class Browser {
  constructor(root, checks) {
    const require = createRequire(join(root, 'web/package.json'))
    this.playwright = require('playwright-core')
    this.axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
    this.checks = checks
    // Console errors that a step brings about itself.
    this.expected = null
    this.profiles = []
    this.contexts = []
  }

  // `look`: width, height, dark. Every console error and every request elsewhere fails.
  async open(origin, look) {
    const profile = mkdtempSync(join(tmpdir(), 'zhenwu-chromium-'))
    this.profiles.push(profile)
    const context = await this.playwright.chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      args: kFlags,
      viewport: { width: look.width, height: look.height },
      colorScheme: look.dark ? 'dark' : 'light',
      locale: 'zh-CN',
    })
    this.contexts.push(context)
    if (process.env.ZHENWU_WEB) await serveFrom(context, process.env.ZHENWU_WEB)
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(20000)
    page.on('console', (message) => {
      if (message.type() === 'error' && !this.expected?.test(message.text()))
        this.checks.that('no console error', false, message.text())
    })
    page.on('pageerror', (error) => this.checks.that('no page error', false, error.message))
    page.on('request', (request) => {
      const url = request.url()
      const ours = url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('about:')
      if (!ours) this.checks.that('no request to another host', false, url)
    })
    return page
  }

  // What every open page shows, as pictures failed-….png.
  async snap(folder, name) {
    const pages = this.contexts.flatMap((context) => context.pages())
    for (const [n, page] of pages.entries()) {
      const path = join(folder, `failed-${name.replace(/\W+/g, '-')}-${n}.png`)
      await page.screenshot({ path, fullPage: true }).catch(() => {})
    }
  }

  async close() {
    for (const context of this.contexts) await context.close().catch(() => {})
    for (const profile of this.profiles) rmSync(profile, { recursive: true, force: true })
  }
}

// While the page is being worked on: its files from web/dist, the answers from the program.
async function serveFrom(context, folder) {
  await context.route(
    (url) => !url.pathname.startsWith('/api/'),
    (route) => {
      const wanted = join(folder, new URL(route.request().url()).pathname)
      const path = extname(wanted) && existsSync(wanted) ? wanted : join(folder, 'index.html')
      return route.fulfill({
        body: readFileSync(path),
        contentType: kTypes[extname(path)] ?? 'text/plain',
      })
    },
  )
}
