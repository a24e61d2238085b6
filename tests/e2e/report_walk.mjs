// The report: as text, what it still lacks, by keyboard, on paper.
import { View } from './view.mjs'

export class ReportWalk extends View {
  async openReport() {
    await this.go(`/report?period=${this.period}`)
    await this.page.waitForSelector('.paper-title')
    this.report = await this.get(`/reports/annual?period=${this.period}`)
  }

  slot(id) {
    return this.report.slots.find((slot) => slot.id === id)
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

  // 待填 and 缺报 at the side name what the program says is missing.
  async sideSaysWhatIsMissing(name) {
    const side = await this.page.locator('.side').innerText()
    const blocking = this.report.slots.filter((slot) => slot.blocks)
    const late = (await this.get(`/returns?period=${this.period}`)).filter((one) => one.missing.length)
    for (const slot of blocking) {
      const why = slot.pending.replace(`条件“${slot.label}”：`, '').replace(slot.label, '')
      const named = slot.ledgers.every((ledger) => side.includes(ledger.name)) && slot.ledgers.length > 0
      this.checks.that(
        `${name}: 待填 ${slot.label}`,
        side.includes(slot.label) && side.includes(why) && named,
        slot.ledgers,
      )
    }
    for (const one of late) {
      const says = one.returned ? one.missing[0].name : '各村都还没有报'
      this.checks.that(`${name}: 缺报 ${one.name}`, side.includes(one.name) && side.includes(says))
    }
    this.checks.that(`${name}: draft or final`, /草稿|已定稿/.test(side))
    return { blocking: blocking.length, late: late.length }
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

  // Paper alone: no bar, no buttons, no side.
  async prints() {
    await this.openReport()
    await this.page.emulateMedia({ media: 'print' })
    for (const screen of ['.bar', '.side', '.report-page .head'])
      this.checks.that(`print: no ${screen}`, !(await this.page.locator(screen).first().isVisible()))
    this.checks.that('print: the paper', await this.page.locator('.paper').isVisible())
    await this.page.emulateMedia({ media: 'screen' })
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
