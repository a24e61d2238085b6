// A page in the browser, with what every walk asks of it. What is shown is held against the program's own answers
// (/api/v1), read here by node.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const kWcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export class View {
  constructor({ origin, page, browser, checks, shots, period }) {
    Object.assign(this, { origin, page, browser, checks, shots, period })
    mkdirSync(shots, { recursive: true })
  }

  async get(path) {
    const response = await fetch(`${this.origin}/api/v1${path}`)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }

  shot(name, whole = false) {
    return this.page.screenshot({
      path: join(this.shots, `${name}.png`),
      fullPage: whole,
    })
  }

  async go(path) {
    await this.page.goto(`${this.origin}${path}`)
  }

  async text(selector) {
    return (await this.page.locator(selector).first().innerText()).trim()
  }

  // Waits until it does. (waitForFunction would evaluate text, which the page's policy forbids.)
  says(selector, words) {
    return this.page.locator(selector).filter({ hasText: words }).first().waitFor()
  }

  settled() {
    return this.page.waitForSelector('.wide[aria-busy="false"]')
  }

  // Nothing that axe knows of WCAG 2.2 AA is violated.
  async isAccessible(name) {
    this.checks.same(`${name}: accessible`, await this.violations(), [])
  }

  async violations() {
    await this.page.evaluate(this.browser.axe)
    const result = await this.page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), kWcag)
    return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' '))}`)
  }

  async fits(name) {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    this.checks.that(`${name}: nothing wider than the screen`, over <= 0, over)
  }

  // Ids are the program's own business: no word of letters_and_lines, no number of a record.
  async showsNoIds(name) {
    const text = await this.page.locator('#app').innerText()
    const found = text.match(/.*(?:\b[a-z]+(?:_[a-z0-9]+)+\b|\b\d{17,19}\b).*/g) ?? []
    this.checks.same(`${name}: no ids are shown`, found, [])
  }
}
