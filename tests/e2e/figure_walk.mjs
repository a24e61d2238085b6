// Figures: from the report's text down to the file and row that each comes from.
import { ReportWalk } from './report_walk.mjs'

export class FigureWalk extends ReportWalk {
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
    await this.says('.panel .crumbs [aria-current]', part.place_name)
    await page.waitForSelector('.panel .big strong')
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
    await this.page.waitForSelector('.panel .months tbody tr')
    const parts = this.page.locator('.panel .months tbody tr:not(.aim)')
    this.checks.same(`${indicator}: parts of the year`, await parts.count(), answer.explanation.months.length)
    const sum = answer.explanation.months.reduce((total, month) => total + Number(month.value ?? 0), 0)
    this.checks.same(`${indicator}: parts add up`, sum, Number(answer.figure.value))
    await parts.first().getByRole('button').click()
    await this.page.locator('.crumbs button').first().waitFor()
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
    const rises = (one) => one.unit !== '%' && Number(one.figure.compare?.percent ?? 0) > 0
    const rising = list.find(rises)
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
    for (const input of (await this.get(`/figures/${derived.id}?period=${this.period}`)).explanation.inputs)
      this.checks.that('figures: inputs by name', inputs.includes(input.name), inputs)
    await this.showsNoIds('a derived figure')
    await this.shot('panel-derived')
  }

  rowOf(name) {
    const button = this.page.getByRole('button', { name, exact: true })
    return this.page.locator('table.figures tr').filter({ has: button }).first().innerText()
  }
}
