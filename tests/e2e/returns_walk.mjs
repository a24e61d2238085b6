// Returns: who owes what and who has given it, said and taken back; a clerk's page; a figure's months beside last year's, a figure
// that was fixed elsewhere, and its sheet. What the page shows is held against what the program answers to the same person.
import { View } from './view.mjs'

export const kOffice = { login: 'baosong', password: 'bao-song-hen-kuai-le' }
export const kVillage = { login: 'cunli', password: 'cun-li-de-lao-zhang' }
// A year without any data: every village owes everything.
const kBlank = '2021'
const kStates = { returned: '已报', zero: '零报告', missing: '缺报' }

export class ReturnsWalk extends View {
  async get(path) {
    const response = await this.page.context().request.get(`${this.origin}/api/v1${path}`)
    if (!response.ok()) throw new Error(`${path}: ${response.status()}`)
    return response.json()
  }

  // `once`: the password that was handed over; it is changed before anything else.
  async comesIn(person, once) {
    const { request } = this.page.context()
    const api = `${this.origin}/api/v1`
    const data = { login: person.login, password: once ?? person.password }
    const answer = await request.post(`${api}/session`, { data })
    this.checks.that(`${person.login}: signed in`, answer.ok(), await answer.text())
    if (!once) return
    const { csrf } = await (await request.get(`${api}/session`)).json()
    const changed = await request.post(`${api}/session/password`, {
      data: { old: once, new: person.password },
      headers: { 'X-CSRF-Token': csrf },
    })
    this.checks.that(`${person.login}: first password changed`, changed.ok(), await changed.text())
  }

  async opensReturns(query) {
    await this.go(`/returns?${query}`)
    await this.page.waitForSelector('.wide[aria-busy="false"] table')
  }

  cell(village, name) {
    const row = this.page.locator('table.returns tbody tr').filter({ hasText: village })
    return row.locator('td').nth(this.names.indexOf(name))
  }

  async placeOf(period, record, code) {
    const entry = (await this.get(`/returns?period=${period}`)).find((one) => one.record === record)
    return entry.places.find((one) => one.code === code)
  }

  // Every village and every return, each as the program says it; the counts with them.
  async showsMatrix() {
    await this.opensReturns(`period=${this.period}`)
    const answer = await this.get(`/returns?period=${this.period}`)
    this.names = answer.map((one) => one.name)
    const rows = await this.page.locator('table.returns tbody tr').all()
    this.checks.same('returns: villages', rows.length, answer[0].places.length)
    const seen = []
    for (const row of rows)
      seen.push(...(await row.locator('.tag').allInnerTexts()).map((one) => one.split('：')[0].trim()))
    const wanted = answer[0].places.flatMap(({ code }) =>
      answer.map((entry) => kStates[entry.places.find((one) => one.code === code).state]),
    )
    this.checks.same('returns: every cell', seen, wanted)
    const count = (state) => answer.flatMap((one) => one.places).filter((one) => one.state === state).length
    this.checks.same('returns: counts', (await this.text('.counts')).match(/\d+/g).slice(-4).map(Number), [
      wanted.length,
      count('returned'),
      count('zero'),
      count('missing'),
    ])
    await this.fits('returns')
    await this.isAccessible('returns')
    await this.showsNoIds('returns')
    await this.shot('returns')
  }

  async looksByLine() {
    await this.page.getByRole('button', { name: '按工作线' }).click()
    await this.page.waitForURL(/view=lines/)
    const answer = await this.get(`/returns?period=${this.period}`)
    const rows = this.page.locator('table.return-lines tbody tr:not(.group)')
    this.checks.same('returns by line: each once', await rows.count(), answer.length)
    await this.isAccessible('returns by line')
    await this.shot('returns-lines')
    await this.page.reload()
    await rows.first().waitFor()
    await this.page.getByRole('button', { name: '按村' }).click()
    await this.page.waitForSelector('table.returns')
  }

  // Filters and period stand in the address; a period without returns says so and leads on.
  async narrows() {
    await this.opensReturns(`period=${this.period}`)
    const late = new Set()
    for (const one of await this.get(`/returns?period=${this.period}`))
      for (const village of one.missing) late.add(village.code)
    await this.page.getByLabel('只看有缺报的村').check()
    await this.page.waitForURL(/missing=1/)
    const rows = await this.page.locator('table.returns tbody tr').count()
    this.checks.same('returns: only who is late', rows, late.size)
    await this.page.getByLabel('年度').selectOption(kBlank)
    await this.page.waitForURL(new RegExp(`period=${kBlank}`))
    await this.says('.counts', `${kBlank}年应报`)
    await this.go(`/returns?period=${this.period}-06`)
    await this.says('.empty', '没有要报的台账')
    await this.isAccessible('returns of a month')
    await this.page.getByRole('button', { name: '全年' }).click()
    await this.page.waitForSelector('table.returns')
    this.checks.that('returns: back to the year', this.page.url().endsWith(`period=${this.period}`))
  }

  // 零报告 by one click, undone by another; by keyboard.
  async saysZero() {
    await this.opensReturns(`period=${kBlank}`)
    const [entry] = await this.get(`/returns?period=${kBlank}`)
    const village = entry.places[0]
    const cell = this.cell(village.name, entry.name)
    const state = cell.locator('.tag')
    this.checks.that('zero: owed before', (await state.innerText()).startsWith('缺报'))
    await cell.getByRole('button', { name: '零报告' }).focus()
    await this.page.keyboard.press('Enter')
    await state.filter({ hasText: '零报告' }).waitFor()
    const said = await this.placeOf(kBlank, entry.record, village.code)
    this.checks.same('zero: said', [said.state, said.by_hand], ['zero', true])
    await this.shot('returns-zero')
    await cell.getByRole('button', { name: '取消零报告' }).click()
    await state.filter({ hasText: '缺报' }).waitFor()
    this.checks.same(
      'zero: undone',
      (await this.placeOf(kBlank, entry.record, village.code)).state,
      'missing',
    )
  }

  // What was entered is withdrawn with a reason, and comes back.
  async withdraws() {
    await this.opensReturns(`period=${this.period}`)
    const entry = (await this.get(`/returns?period=${this.period}`)).find((one) => one.returned > 0)
    const village = entry.places.find((one) => one.has_rows)
    const cell = this.cell(village.name, entry.name)
    await cell.getByRole('button', { name: '撤回' }).click()
    const dialog = this.page.getByRole('dialog')
    await this.isAccessible('withdrawing')
    await dialog.getByLabel('为什么撤回').fill('数有误，重新核对')
    await this.shot('returns-withdraw')
    await dialog.getByRole('button', { name: '撤回', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await cell.locator('.tag').filter({ hasText: '已撤回' }).waitFor()
    const said = await this.placeOf(this.period, entry.record, village.code)
    this.checks.same('withdrawn: why', [said.state, said.why], ['missing', '数有误，重新核对'])
    await cell.getByRole('button', { name: '恢复报送' }).click()
    await cell.locator('.tag').filter({ hasText: '已报' }).waitFor()
    this.checks.same(
      'withdrawn: back',
      (await this.placeOf(this.period, entry.record, village.code)).state,
      'returned',
    )
  }

  // A cell opens the ledger at that village and period.
  async opensLedger() {
    await this.opensReturns(`period=${this.period}`)
    const entry = (await this.get(`/returns?period=${this.period}`)).find((one) => one.returned > 0)
    const village = entry.places.find((one) => one.has_rows)
    await this.cell(village.name, entry.name).locator('a.tag').focus()
    await this.page.keyboard.press('Enter')
    await this.page.waitForURL(/\/ledgers\//)
    const filter = encodeURIComponent(`year(${entry.at}) = ${this.period}`)
    const { count } = await this.get(
      `/records/${entry.record}?place=${village.code}&filter=${filter}&limit=1`,
    )
    await this.says('.head', `筛出 ${count} 条`)
    await this.page.reload()
    await this.says('.head', `筛出 ${count} 条`)
    await this.page.getByRole('button', { name: '取消筛选和排序' }).click()
    const all = (await this.get(`/records/${entry.record}?limit=1`)).count
    await this.says('.head', `共 ${all} 条`)
    this.checks.that(
      'the filters have left the address',
      !/where|place=/.test(this.page.url()),
      this.page.url(),
    )
  }

  // 填报 opens an empty record with village and period set; saved, it is the return.
  async enters() {
    await this.opensReturns(`period=${kBlank}`)
    const types = await this.get('/records')
    const returns = await this.get(`/returns?period=${kBlank}`)
    const easy = (one) => !types.find((type) => type.id === one.record).fields.some((field) => field.to)
    const entry = returns.find(easy)
    const type = types.find((one) => one.id === entry.record)
    const village = entry.places[1]
    await this.cell(village.name, entry.name).getByRole('link', { name: '填报' }).click()
    const form = this.page.getByRole('dialog')
    await form.waitFor()
    const at = type.fields.find((one) => one.id === entry.at)
    const begins = [form.getByLabel(type.place_name || '村').first(), form.getByLabel(at.name).first()]
    this.checks.same(
      'entering: village and period are set',
      await Promise.all(begins.map((one) => one.inputValue())),
      [village.name, `${kBlank}年`],
    )
    await this.isAccessible('entering a return')
    await this.shot('returns-enter')
    const counted = type.fields.find((one) => ['int', 'decimal'].includes(one.type) && !one.computed)
    await form.getByLabel(counted.name).first().fill('12')
    await form.getByRole('button', { name: '保存', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    const now = await this.placeOf(kBlank, entry.record, village.code)
    this.checks.same('entering: it is the return', [now.state, now.by_hand], ['returned', false])
  }

  // A clerk: what their village owes now, what was given, their ledgers, their account. Nothing else.
  async clerksPage(name) {
    await this.go('/')
    await this.page.waitForSelector('.tasks li')
    this.checks.same(`${name}: nothing else`, await this.page.locator('nav a').allInnerTexts(), [
      '我的报送',
      '台账',
    ])
    this.checks.same(`${name}: no year to choose`, await this.page.locator('.period').count(), 0)
    const words = await this.page.locator('body').innerText()
    this.checks.same(
      `${name}: no points, ranks or reminders`,
      words.match(/积分|排名|得分|打卡|提醒|催报/g),
      null,
    )
    const { today } = await this.get('/town')
    const owed = []
    for (const period of [String(Number(today.slice(0, 4)) - 1), today.slice(0, 4)])
      for (const one of await this.get(`/returns?period=${period}`))
        if (one.every === 'year' && one.missing.length) owed.push(`${one.name}${period}年`)
    const year = Number(today.slice(0, 4))
    const quarter = Math.ceil(Number(today.slice(5, 7)) / 3)
    const quarters = [quarter === 1 ? [year - 1, 4] : [year, quarter - 1], [year, quarter]]
    for (const [of, part] of quarters)
      for (const one of await this.get(`/returns?period=${of}Q${part}`))
        if (one.every === 'quarter' && one.missing.length)
          owed.push(`${one.name}${of}年第${'一二三四'[part - 1]}季度`)
    const shown = await this.page.locator('.tasks').first().locator('.what').allInnerTexts()
    this.checks.same(
      `${name}: what is owed`,
      shown.map((one) => one.replace(/\s/g, '')),
      owed,
    )
    await this.fits(name)
    await this.isAccessible(name)
    await this.showsNoIds(name)
    await this.shot(name.replace(/\W+/g, '-'))
  }

  async clerkSaysZero() {
    const before = await this.page.locator('.tasks').first().locator('li').count()
    const first = this.page.locator('.tasks li').first()
    const what = (await first.locator('strong').innerText()).trim()
    await first.getByRole('button', { name: '零报告' }).click()
    await this.says('.tasks .tag', '零报告')
    const after = await this.page.locator('.tasks').first().locator('li').count()
    this.checks.same('clerk: one less is owed', after, before - 1)
    await this.says('.tasks li', what)
    await this.shot('clerk-given')
    await this.isAccessible('clerk: given')
    await this.page.getByRole('button', { name: '取消零报告' }).click()
    await this.page.locator('.tasks .tag').waitFor({ state: 'detached' })
    await this.page.getByRole('link', { name: '填报' }).first().click()
    await this.page.getByRole('dialog').waitFor()
    await this.page.keyboard.press('Escape')
  }

  // The months of a flow, this year's beside last year's: drawn, and as a table that says the same.
  async showsMonths(indicator) {
    await this.go(`/figures?period=${this.period}&figure=${indicator}`)
    const before = String(Number(this.period) - 1)
    const now = await this.get(`/figures/${indicator}?period=${this.period}`)
    const then = await this.get(`/figures/${indicator}?period=${before}`)
    await this.page.waitForSelector('.panel .months tbody tr')
    const panel = this.page.locator('#panel-months')
    await panel.getByRole('button', { name: /^当/ }).click()
    const column = (n) => this.page.locator(`.months tbody tr:not(.aim) td:nth-of-type(${n})`).allInnerTexts()
    const numbers = (texts) =>
      texts.map((text) => (text.trim() === '—' ? null : Number(text.replace(/\s/g, ''))))
    const values = (figures) => figures.map((one) => (one.value === null ? null : Number(one.value)))
    this.checks.same(`${indicator}: months`, numbers(await column(1)), values(now.explanation.months))
    const parts = then.explanation.months
    if (parts.length) {
      // Last year's come by a request of their own.
      await this.page.locator('.chart g.line').nth(1).waitFor()
      this.checks.same(`${indicator}: last year's months`, numbers(await column(2)), values(parts))
      this.checks.same(`${indicator}: two lines`, await this.page.locator('.chart g.line').count(), 2)
    }
    await panel.getByRole('button', { name: '累计', exact: true }).click()
    const last = numbers(await column(1))
      .filter((one) => one !== null)
      .pop()
    this.checks.same(`${indicator}: together they are the year`, last, Number(now.figure.value))
    await panel.scrollIntoViewIfNeeded()
    await this.isAccessible(`${indicator}: months`)
    await this.shot(`months-${indicator}`)
  }

  // A figure that an organ fixed stands beside the computed one; and the sheet for a leader.
  async entersFigure(indicator) {
    await this.go(`/figures?period=${this.period}&figure=${indicator}`)
    await this.page.waitForSelector('.panel .big')
    const computed = (await this.get(`/figures/${indicator}?period=${this.period}`)).figure.value
    await this.page.getByRole('button', { name: '录入核定数、预计数' }).click()
    const dialog = this.page.getByRole('dialog', { name: '录入核定数、预计数' })
    await this.isAccessible('entering a figure')
    await dialog.getByLabel(/^数值/).fill('12,345')
    await dialog.getByLabel('核定机关').fill('县统计局')
    await dialog.getByLabel(/^文件/).fill('望统〔2024〕3号')
    await dialog.getByLabel('理由').fill('县局核定')
    await this.shot('enter-figure')
    await dialog.getByRole('button', { name: '记入' }).click()
    await dialog.waitFor({ state: 'detached' })
    const shown = (await this.text('.panel .big')).replace(/\s/g, '')
    this.checks.that('entered: it counts, and says what it is', /^12345.*采用数$/.test(shown), shown)
    const facts = (await this.text('.panel .facts')).replace(/\s/g, '')
    const beside = facts.includes(`按记录计算${computed}`) && facts.includes('县统计局（望统〔2024〕3号）')
    this.checks.that('entered: beside the computed one, with its document', beside, facts)
    await this.settled()
    await this.isAccessible('an entered figure')
    await this.shot('entered-figure')
    const [file] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('link', { name: '下载一页纸' }).click(),
    ])
    this.checks.that(
      'the sheet is a document',
      file.suggestedFilename().endsWith('.docx'),
      file.suggestedFilename(),
    )
    this.checks.same('the sheet came', await file.failure(), null)
    await this.listsEntries(indicator)
  }

  // All that was entered beside what the records say stands open to everybody.
  async listsEntries(indicator) {
    await this.go(`/figures?period=${this.period}`)
    await this.page.waitForSelector('table.figures')
    await this.page.getByRole('button', { name: '核定数、预计数' }).click()
    const dialog = this.page.getByRole('dialog', { name: /核定数、预计数/ })
    await dialog.locator('table.entries').waitFor()
    const row = (await dialog.locator('tbody tr').first().innerText()).replace(/\s/g, '')
    const whole = row.includes('12345') && row.includes('县统计局·望统〔2024〕3号') && row.includes('县局核定')
    this.checks.that('entered figures are listed with who fixed them and why', whole, row)
    await this.isAccessible('the list of entered figures')
    await this.shot('entries')
    await dialog.locator('tbody tr').first().getByRole('button').click()
    await this.page.waitForSelector('.panel .big')
    this.checks.that('an entry leads to its figure', this.page.url().includes(`figure=${indicator}`), this.page.url())
  }

  async onPhone() {
    await this.opensReturns(`period=${this.period}`)
    await this.fits('returns on a phone')
    await this.isAccessible('returns on a phone')
    await this.shot('returns-phone')
    await this.opensReturns(`period=${this.period}&view=lines`)
    await this.fits('returns by line on a phone')
    await this.isAccessible('returns by line on a phone')
    await this.shot('returns-lines-phone')
  }
}
