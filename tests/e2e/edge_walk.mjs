// A town without data, and what goes wrong.
import { ReportWalk } from './report_walk.mjs'

export class EdgeWalk extends ReportWalk {
  // Nothing is there yet: every page says what to do.
  async emptyTown() {
    await this.openReport()
    await this.sideSaysWhatIsMissing('empty town')
    await this.says('.side', 'zhenwu import')
    await this.showsNoIds('empty town: report')
    await this.shot('empty-report')
    for (const place of ['figures', 'ledgers']) {
      await this.go(`/${place}?period=${this.period}`)
      await this.says('.notice', 'zhenwu import')
      await this.showsNoIds(`empty town: ${place}`)
      await this.shot(`empty-${place}`)
    }
    const type = (await this.get('/records')).find((one) => one.count === 0)
    await this.go(`/ledgers/${type.id}`)
    await this.says('.empty', 'zhenwu import')
  }

  // The judge itself: a fault that is put in is found.
  async axeFindsFaults() {
    await this.go('/ledgers')
    await this.page.waitForSelector('table.list tbody tr')
    await this.isAccessible('ledgers')
    await this.page.evaluate(() => document.querySelector('#main').append(document.createElement('img')))
    const found = await this.violations()
    this.checks.that(
      'axe finds an image without words',
      found.some((one) => one.startsWith('image-alt')),
      found,
    )
  }

  // What is not there, or cannot be reached, is said in words with a way on.
  async whatGoesWrong() {
    await this.go('/nowhere')
    await this.says('#main', '没有这个页面')
    await this.go('/ledgers/no_such_ledger')
    await this.says('#main', '没有这个台账')
    await this.page.route('**/api/v1/figures?*', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          code: 'internal',
          title: '程序出错了',
          status: 500,
        }),
      }),
    )
    this.browser.expected = /500/
    await this.go(`/figures?period=${this.period}`)
    await this.says('.notice.bad', '程序出错了')
    await this.page.unroute('**/api/v1/figures?*')
    await this.page.getByRole('button', { name: '再试一次' }).click()
    await this.page.waitForSelector('table.figures')
    this.browser.expected = null
    this.checks.that('an error can be tried again', true)
  }
}
