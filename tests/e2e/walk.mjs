// The walks through the page. What is shown is held against the program's own answers (/api/v1), read here by node.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

export class Walk {
  constructor({ origin, page, checks, shots, period }) {
    Object.assign(this, { origin, page, checks, shots, period })
    mkdirSync(shots, { recursive: true })
  }

  async get(path) {
    const response = await fetch(`${this.origin}/api/v1${path}`)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }

  shot(name, whole = false) {
    return this.page.screenshot({ path: join(this.shots, `${name}.png`), fullPage: whole })
  }

  async go(path) {
    await this.page.goto(`${this.origin}${path}`)
  }

  async text(selector) {
    return (await this.page.locator(selector).first().innerText()).trim()
  }

  async openReport() {
    await this.go(`/report?period=${this.period}`)
    await this.page.waitForSelector('.paper-title')
    this.report = await this.get(`/reports/annual?period=${this.period}`)
  }

  async fits(name) {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    this.checks.that(`${name}: nothing wider than the screen`, over <= 0, over)
  }

  // The paper reads, word for word, what the program wrote; every figure is a control.
  async readsReport(name) {
    await this.openReport()
    this.checks.same(`${name}: title`, await this.text('.paper-title'), this.report.title)
    const shown = (await this.page.locator('.paper').innerText()).replace(/\s+/g, '')
    const written = this.report.paragraphs.flatMap((one) => one.parts.map((part) => part.text))
    this.checks.that(`${name}: the whole text`, shown === written.join('').replace(/\s+/g, ''))
    const parts = this.report.paragraphs.flatMap((one) => one.parts)
    const figures = parts.filter((part) => this.slot(part.slot)?.indicator)
    const links = await this.page.locator('.paper .figure').count()
    this.checks.same(`${name}: figures that open`, links, figures.length)
    this.checks.that(`${name}: there are figures`, links > 0, links)
    await this.fits(name)
  }

  slot(id) {
    return this.report.slots.find((slot) => slot.id === id)
  }

  // 待填 and 缺报 at the side name what the program says is missing.
  async sideSaysWhatIsMissing(name) {
    const side = await this.page.locator('.side').innerText()
    const blocking = this.report.slots.filter((slot) => slot.blocks)
    const late = (await this.get(`/returns?period=${this.period}`)).filter((one) => one.missing.length)
    for (const slot of blocking) {
      this.checks.that(
        `${name}: 待填 ${slot.label}`,
        side.includes(slot.label) && side.includes(slot.pending),
      )
    }
    for (const one of late) {
      const says = one.returned ? one.missing[0].name : '各村都还没有报'
      this.checks.that(`${name}: 缺报 ${one.name}`, side.includes(one.name) && side.includes(says))
    }
    this.checks.that(`${name}: draft or final`, /草稿|已定稿/.test(side))
    return { blocking: blocking.length, late: late.length }
  }

  // Figure → formula → villages → rows → file and row → ledger row with its history.
  async opensFigure(indicator, expected) {
    const page = this.page
    await this.openReport()
    const slot = this.report.slots.find((one) => one.indicator === indicator)
    const answer = await this.get(`/figures/${indicator}?period=${slot.period}`)
    await page.locator(`#slot-${slot.id}`).first().click()
    await page.waitForSelector('.panel .big')
    this.checks.same(`${indicator}: value`, await this.text('.panel .big strong'), answer.figure.value)
    if (expected !== undefined)
      this.checks.that(`${indicator}: right`, Number(expected) === Number(answer.figure.value))
    this.checks.same(`${indicator}: formula`, await this.text('.panel .formula'), answer.explanation.formula)
    await page.waitForSelector('.panel .sources li')
    await this.shot(`panel-${indicator}`)
    const part = answer.explanation.places.find((one) => one.records > 0)
    await page
      .locator('.panel .bars')
      .first()
      .getByRole('button', { name: part.place_name, exact: true })
      .click()
    await page.waitForFunction(
      (value) => document.querySelector('.panel .big strong')?.textContent === value,
      part.value,
    )
    this.checks.same(`${indicator}: ${part.place_name}`, await this.text('.panel .big strong'), part.value)
    await this.page.waitForSelector('.panel .sources li')
    await this.opensSource(indicator, part)
  }

  async opensSource(indicator, part) {
    const page = this.page
    const at = `period=${part.period}&place=${part.place}`
    const [row] = (await this.get(`/figures/${indicator}/records?${at}`)).rows
    const source = await this.text('.panel .sources li')
    const named = source.includes(row.title) && source.includes(row.file) && source.includes(`第${row.row}行`)
    this.checks.that(`${indicator}: file and row of a record`, named, source)
    await page.locator('.panel .sources a').first().click()
    await page.waitForSelector('.panel .history li')
    this.checks.same(`${indicator}: the ledger's row`, await this.text('.panel h2'), row.title)
    const history = await this.text('.panel .history')
    this.checks.that(`${indicator}: history`, history.includes('新增') && history.includes(row.file), history)
    await this.shot('ledger-row')
  }

  // A flow opens into its months or quarters.
  async opensMonths(indicator) {
    await this.go(`/figures?period=${this.period}&figure=${indicator}`)
    const answer = await this.get(`/figures/${indicator}?period=${this.period}`)
    await this.page.waitForSelector('.panel .big')
    const bars = this.page.locator('.panel .bars').last().locator('li')
    this.checks.same(`${indicator}: parts of the year`, await bars.count(), answer.explanation.months.length)
    const sum = answer.explanation.months.reduce((total, month) => total + Number(month.value ?? 0), 0)
    this.checks.same(`${indicator}: parts add up`, sum, Number(answer.figure.value))
    await bars.first().getByRole('button').click()
    await this.page.waitForFunction(() => document.querySelectorAll('.crumbs [aria-current]').length === 1)
    this.checks.same(`${indicator}: crumbs`, await this.page.locator('.crumbs button').count(), 1)
  }

  async showsFigures() {
    await this.go(`/figures?period=${this.period}`)
    await this.page.waitForSelector('table.figures')
    const list = await this.get(`/figures?period=${this.period}`)
    this.checks.same(
      'figures: all of them',
      await this.page.locator('table.figures tbody .link').count(),
      list.length,
    )
    const rising = list.find((one) => one.figure.compare?.percent && Number(one.figure.compare.percent) > 0)
    const row = await this.rowOf(rising.name)
    this.checks.that('figures: 同比', row.includes(`+${rising.figure.compare.percent}%`), row)
    this.checks.that('figures: value', row.includes(rising.figure.value), row)
    const aimed = list.find((one) => one.figure.target)
    if (aimed)
      this.checks.that('figures: target', (await this.rowOf(aimed.name)).includes(aimed.figure.target.value))
    await this.shot('figures')
    await this.page.getByRole('searchbox').fill(rising.name)
    const found = await this.page.locator('table.figures tbody .link').count()
    this.checks.that('figures: search', found >= 1 && found < list.length, found)
    const derived = list.find((one) => one.derived && one.figure.value !== null)
    await this.go(`/figures?period=${this.period}&figure=${derived.id}`)
    await this.page.waitForSelector('.panel .parts li')
    const inputs = await this.text('.panel .parts')
    this.checks.that('figures: inputs by name', !/[a-z]+_[a-z]+/.test(inputs), inputs)
    await this.shot('panel-derived')
  }

  rowOf(name) {
    const button = this.page.getByRole('button', { name, exact: true })
    return this.page.locator('table.figures tr').filter({ has: button }).first().innerText()
  }

  async showsLedgers() {
    const page = this.page
    await this.go('/ledgers')
    await page.waitForSelector('.cards li')
    const types = await this.get('/records')
    this.checks.same('ledgers: all of them', await page.locator('.cards li').count(), types.length)
    await this.shot('ledgers')
    const type = types.reduce((most, one) => (one.count > most.count ? one : most))
    await this.go(`/ledgers/${type.id}`)
    await page.waitForSelector('table.ledger tbody tr')
    this.checks.same(
      'ledger: a page of rows',
      await page.locator('table.ledger tbody tr').count(),
      Math.min(50, type.count),
    )
    await this.pagesLedger(type)
    await this.sortsLedger(type)
    await this.filtersLedger(type)
    await this.shot('ledger')
  }

  async pagesLedger(type) {
    const second = (await this.get(`/records/${type.id}?limit=50`)).next
    const rows = (await this.get(`/records/${type.id}?limit=50&after=${encodeURIComponent(second)}`)).rows
    const next = this.page.getByRole('button', { name: '下一页' })
    await next.click()
    await this.page.waitForFunction(() => document.querySelector('.pager')?.textContent?.includes('第 2 /'))
    await this.settled()
    this.checks.same(
      'ledger: page two',
      await this.page.locator('table.ledger tbody tr').count(),
      rows.length,
    )
    await this.page.getByRole('button', { name: '上一页' }).click()
    await this.page.waitForFunction(() => document.querySelector('.pager')?.textContent?.includes('第 1 /'))
  }

  says(selector, words) {
    const holds = ([where, text]) => document.querySelector(where)?.textContent?.includes(text)
    return this.page.waitForFunction(holds, [selector, words])
  }

  settled() {
    return this.page.waitForSelector('.wide[aria-busy="false"]')
  }

  async sortsLedger(type) {
    const field = type.fields.find((one) => type.list.includes(one.id) && !one.secret && one.type !== 'ref')
    const heading = this.page.locator('table.ledger thead th button').filter({ hasText: field.name }).first()
    for (const order of ['ascending', 'descending']) {
      await heading.click()
      await this.page.waitForSelector(`th[aria-sort="${order}"]`)
    }
    await this.settled()
    const wanted = (await this.get(`/records/${type.id}?limit=50&sort=-${field.id}`)).rows[0].place_name
    this.checks.same(`ledger: sorted by ${field.name}`, await this.text('table.ledger tbody td'), wanted)
    await heading.click()
    await this.settled()
  }

  async filtersLedger(type) {
    const field = type.fields.find((one) => type.list.includes(one.id) && one.choices?.length > 1)
    const choices = field ? field.choices : []
    for (const choice of choices.slice(0, 3)) {
      const filter = encodeURIComponent(`${field.id} = '${choice}'`)
      const { count } = await this.get(`/records/${type.id}?limit=1&filter=${filter}`)
      await this.page.getByLabel(`筛选${field.name}`).selectOption(choice)
      await this.says('.head', `共 ${count} 条`)
      this.checks.that(`ledger: ${field.name} is ${choice}`, true)
      if (count > 0) break
    }
    this.checks.that('ledger: has a column of choices', choices.length > 1, type.id)
  }

  // From the top of the page by Tab alone: into a figure, Esc back to it.
  async byKeyboard() {
    await this.openReport()
    const inFigure = () =>
      this.page.evaluate(() => document.activeElement?.classList.contains('figure') ?? false)
    let presses = 0
    while (!(await inFigure()) && presses++ < 40) await this.page.keyboard.press('Tab')
    this.checks.that('keyboard: Tab comes to a figure', await inFigure(), presses)
    const id = await this.page.evaluate(() => document.activeElement.id)
    await this.page.keyboard.press('Enter')
    await this.page.waitForSelector('.panel .big')
    await this.page.keyboard.press('Tab')
    const inside = await this.page.evaluate(() => !!document.activeElement?.closest('.panel'))
    this.checks.that('keyboard: Tab goes on in the sheet', inside)
    await this.page.keyboard.press('Escape')
    await this.page.waitForSelector('.panel', { state: 'detached' })
    this.checks.same(
      'keyboard: Esc gives the focus back',
      await this.page.evaluate(() => document.activeElement.id),
      id,
    )
  }

  // The first page with an empty cache: page files and answers as they come over the wire.
  async weighsFirstPage(limit) {
    let bytes = 0
    const count = async (response) => {
      const sizes = await response
        .request()
        .sizes()
        .catch(() => null)
      bytes += sizes ? sizes.responseBodySize + sizes.responseHeadersSize : 0
    }
    const waits = []
    const listen = (response) => waits.push(count(response))
    this.page.on('response', listen)
    await this.go('/')
    await this.page.waitForSelector('.paper-title')
    await this.page.waitForLoadState('networkidle')
    this.page.off('response', listen)
    await Promise.all(waits)
    console.log(`first page: ${(bytes / 1024).toFixed(0)} KB`)
    this.checks.that('first page is light', bytes > 10000 && bytes <= limit, bytes)
  }
}
