// Ledgers: pages, sort, filters, every one of them read.
import { View } from './view.mjs'

export class LedgerWalk extends View {
  async showsLedgers() {
    const page = this.page
    await this.go('/ledgers')
    await page.waitForSelector('table.list tbody tr')
    const types = await this.get('/records')
    this.checks.same(
      'ledgers: all of them',
      await page.locator('table.list tbody .name').count(),
      types.length,
    )
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
    const named = types.filter((one) =>
      one.fields.some(
        (field) => field.type === 'text' && !field.personal && !field.secret && one.list.includes(field.id),
      ),
    )
    await this.findsText(named.reduce((most, one) => (one.count > most.count ? one : most)))
    await this.readsEveryLedger()
  }

  async pagesLedger(type) {
    const second = (await this.get(`/records/${type.id}?limit=50`)).next
    const rows = (await this.get(`/records/${type.id}?limit=50&after=${encodeURIComponent(second)}`)).rows
    const next = this.page.getByRole('button', { name: '下一页' })
    await next.click()
    await this.says('.pager', '第 2 /')
    await this.settled()
    this.checks.same(
      'ledger: page two',
      await this.page.locator('table.ledger tbody tr').count(),
      rows.length,
    )
    await this.page.getByRole('button', { name: '上一页' }).click()
    await this.says('.pager', '第 1 /')
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
      await this.says('.head', `筛出 ${count} 条`)
      this.checks.that(`ledger: ${field.name} is ${choice}`, true)
      if (count > 0) break
    }
    this.checks.that('ledger: has a column of choices', choices.length > 1, type.id)
  }

  // Part of a text is enough to find it; what cannot be asked has no field.
  async findsText(type) {
    const field = type.fields.find(
      (one) => type.list.includes(one.id) && one.type === 'text' && !one.personal && !one.secret,
    )
    await this.go(`/ledgers/${type.id}`)
    await this.page.waitForSelector('table.ledger tbody tr')
    const { rows } = await this.get(`/records/${type.id}?limit=200`)
    const value = rows.map((row) => row.values[field.id]).find((one) => one?.length > 1)
    const part = value.slice(-1)
    const { count } = await this.get(
      `/records/${type.id}?limit=1&contains.${field.id}=${encodeURIComponent(part)}`,
    )
    await this.page.getByLabel(`筛选${field.name}`).fill(part)
    await this.says('.head', `筛出 ${count} 条`)
    this.checks.that(`ledger: ${field.name} holds ${part}`, count > 0, count)
    await this.page.getByRole('button', { name: '取消筛选和排序' }).click()
    await this.says('.head', `共 ${type.count} 条`)
    for (const hidden of type.fields.filter((one) => one.personal || one.secret))
      this.checks.same(
        `ledger: ${hidden.name} cannot be asked`,
        await this.page.getByLabel(`筛选${hidden.name}`).count(),
        0,
      )
  }

  // Every ledger with rows reads without ids, and its first row too.
  async readsEveryLedger() {
    for (const type of await this.get('/records')) {
      await this.go(`/ledgers/${type.id}`)
      await this.page.waitForSelector(type.count ? 'table.ledger tbody tr' : '.empty')
      await this.settled()
      if (type.count) {
        await this.page.locator('table.ledger tbody button').first().click()
        await this.page.waitForSelector('.panel .history li')
      }
      await this.showsNoIds(`ledger ${type.name}`)
    }
  }
}
