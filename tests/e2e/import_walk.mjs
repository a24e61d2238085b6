// The import desk: workbooks dragged in, what each table was taken for, a decision changed and taken back, imported, and undone.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { View } from './view.mjs'

const kOfficial = { login: 'daoru', password: 'zong-he-ban-lou-xia-9' }
// A program with sanitizers on a machine that is busy needs longer than a person would wait.
const kWork = 120_000
const kWhy = '全年台账'
const countsOf = (rows) => `新增 ${rows.new}，更新 ${rows.changed}，退回 ${rows.refused}`

export class ImportWalk extends View {
  // What the answers beside the books say of each table.
  expects(books, answers) {
    this.page.setDefaultTimeout(kWork)
    this.books = books.filter((path) => answers.files[basename(path)])
    this.answers = answers.files
    this.sheets = Object.entries(answers.files).flatMap(([file, one]) =>
      Object.entries(one.sheets).map(([sheet, { accepted_rows }]) => ({
        file,
        sheet,
        accepted: accepted_rows,
        refused: one.refuse.filter((row) => row.sheet === sheet).length,
      })),
    )
    const sum = (name) => this.sheets.reduce((total, one) => total + one[name], 0)
    this.total = { new: sum('accepted'), changed: 0, refused: sum('refused') }
  }

  // As the page itself asks, with its cookie.
  answer(path) {
    return this.page.evaluate(async (path) => (await fetch(`/api/v1${path}`)).json(), path)
  }

  // `once`: the one-time password.
  async comesIn(once) {
    await this.go('/imports')
    await this.page.getByLabel('登录名').fill(kOfficial.login)
    await this.page.getByLabel('密码', { exact: true }).fill(once)
    await this.page.getByLabel('密码', { exact: true }).press('Enter')
    await this.says('h1', '请先修改初始密码')
    await this.page.getByLabel('现在的密码').fill(once)
    await this.page.getByLabel('新密码', { exact: true }).fill(kOfficial.password)
    await this.page.getByLabel('再输一次新密码').fill(kOfficial.password)
    await this.page.getByLabel('再输一次新密码').press('Enter')
    await this.page.getByRole('navigation').getByRole('link', { name: '导入' }).waitFor()
  }

  async comesAgain() {
    await this.go('/imports')
    await this.page.getByLabel('登录名').fill(kOfficial.login)
    await this.page.getByLabel('密码', { exact: true }).fill(kOfficial.password)
    await this.page.getByLabel('密码', { exact: true }).press('Enter')
    await this.page.waitForSelector('.drop.large')
  }

  async isEmpty(name) {
    await this.go('/imports')
    await this.says('.drop.large', '拖到这里')
    await this.isAccessible(`${name}: empty import desk`)
    await this.fits(`${name}: empty import desk`)
    await this.shot(`import-empty-${name}`)
  }

  // As a hand would drag them in from a folder.
  async drags(files) {
    const transfer = await this.page.evaluateHandle((files) => {
      const data = new DataTransfer()
      for (const { name, bytes } of files)
        data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name))
      return data
    }, files)
    await this.page.dispatchEvent('body', 'dragenter', {
      dataTransfer: transfer,
    })
    await this.page.waitForSelector('.drop-over')
    await this.page.dispatchEvent('body', 'dragover', {
      dataTransfer: transfer,
    })
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
    await this.page.waitForSelector('.drop-over', { state: 'detached' })
  }

  load(paths) {
    return paths.map((path) => ({
      name: basename(path),
      bytes: readFileSync(path).toString('base64'),
    }))
  }

  // What is no table is told at once; what cannot be sent is sent again; a broken workbook is named and taken off.
  async whatIsNoWorkbook() {
    const bytes = Buffer.from('%PDF-1.7').toString('base64')
    await this.drags([{ name: '红头文件.pdf', bytes }])
    await this.says('.tray-files .fault', '另存为 .xlsx')
    await this.page.getByRole('button', { name: '知道了 红头文件.pdf' }).click()
    this.browser.expected = /ERR_FAILED|ERR_INTERNET|422|415/
    await this.page.route('**/imports/*/files/*', (route) => route.abort())
    await this.drags([{ name: '坏的.xlsx', bytes }])
    await this.says('.tray-files .fault', '没有传完')
    await this.page.unroute('**/imports/*/files/*')
    await this.page.getByRole('button', { name: '再传 坏的.xlsx' }).click()
    await this.says('.table-card', '不是能读的表格文件')
    await this.says('.table-card', '另存为 .xlsx')
    await this.says('.tray-files .fault', '坏的.xlsx')
    await this.isAccessible('a file that cannot be read')
    await this.shot('import-bad-file')
    await this.page.getByRole('button', { name: '撤下 坏的.xlsx' }).click()
    await this.page.waitForSelector('.drop.large')
    this.browser.expected = null
  }

  async dragsTheBooks() {
    await this.drags(this.load(this.books))
    await this.showsCounts('dragged in', this.total)
    await this.isAccessible('import desk')
    await this.fits('import desk')
    await this.showsNoIds('import desk')
    await this.shot('import-ready')
    await this.shot('import-ready-whole', true)
  }

  // The one button says what will happen.
  async showsCounts(name, rows) {
    await this.page.getByRole('button', { name: `导入（${countsOf(rows)}）` }).waitFor()
    this.checks.that(`${name}: counts are those of the answers`, true)
  }

  card(file, sheet) {
    const group = this.page.locator('.group-name').filter({ hasText: file })
    const cards = this.page.locator('.table-card').filter({ has: this.page.locator('.sheet') })
    return { group, card: cards.filter({ hasText: sheet }).first() }
  }

  // Every sheet says how many of its rows would be taken and how many would come back.
  async showsEverySheet() {
    const seen = await this.page.locator('.group-name, .table-card > summary').allInnerTexts()
    let file = ''
    const shown = new Map()
    for (const text of seen.map((one) => one.trim())) {
      if (this.answers[text]) file = text
      else shown.set(`${file} ${text.split('\n')[0].trim()}`, text)
    }
    for (const one of this.sheets) {
      const text = shown.get(`${one.file} ${one.sheet}`) ?? ''
      const right =
        text.includes(`新增 ${one.accepted}`) && (!one.refused || text.includes(`退回 ${one.refused}`))
      this.checks.that(`${one.file} ${one.sheet}: rows taken and refused`, right, text)
    }
  }

  // Row by row what the answers refuse, and nothing else.
  async showsEveryRefusal() {
    const group = this.page.getByRole('group', { name: '按程度筛选' })
    await group.getByRole('button', { name: /^退回/ }).click()
    const wanted = Object.entries(this.answers).flatMap(([file, one]) =>
      one.refuse.map((row) => `${file} ${row.sheet} 第${row.row}行`),
    )
    const seen = await this.page.locator('table.findings .where').allInnerTexts()
    this.checks.same('refused rows', seen.map((one) => one.trim()).sort(), wanted.sort())
    await group.getByRole('button', { name: /^全部/ }).click()
    const heading = this.page.locator('table.findings th button').filter({ hasText: '文件、表、行' })
    await heading.click()
    await this.page.waitForSelector('table.findings th[aria-sort="ascending"]:nth-child(2)')
  }

  // A card opens by keyboard and shows heading, samples and field; a column left out and a table left out are looked at
  // again by themselves, and can be taken back.
  async changesDecisions() {
    const [file, answer] = Object.entries(this.answers).find(
      ([, one]) => Object.keys(one.sheets).length === 1,
    )
    const [sheet] = Object.keys(answer.sheets)
    const less = this.sheets.find((one) => one.file === file)
    const section = this.page.locator(`.group-name:text-is("${file}") + .table-card`)
    await section.locator('summary').focus()
    await this.page.keyboard.press('Enter')
    await section.locator('table.mapping tbody tr').first().waitFor()
    const mapping = await section.locator('table.mapping').innerText()
    const fields = await this.page.evaluate(async (record) => {
      const types = await (await fetch('/api/v1/records')).json()
      return types.find((one) => one.id === record)
    }, answer.record)
    this.checks.that(`${file} ${sheet}: its place is a column`, mapping.includes(fields.place_name || '村'))
    await this.isAccessible('a mapping')
    await this.shot('import-mapping')
    const ledger = section.getByLabel('导入到台账')
    await ledger.selectOption('')
    const without = {
      ...this.total,
      new: this.total.new - less.accepted,
      refused: this.total.refused - less.refused,
    }
    await this.showsCounts('a table left out', without)
    await this.says('.table-card', '您定了不导入')
    await this.page.reload()
    await this.showsCounts('after a reload', without)
    const again = this.page.locator(`.group-name:text-is("${file}") + .table-card`)
    await again.locator('summary').click()
    await again.getByLabel('导入到台账').selectOption(answer.record)
    const take = this.page.getByRole('button', { name: '都按建议，先看结果' })
    await take
      .or(
        this.page.getByRole('button', {
          name: `导入（${countsOf(this.total)}）`,
        }),
      )
      .waitFor()
    if (await take.count()) await take.click()
    await this.showsCounts('taken back', this.total)
    // Its samples are what stands in the file, ID numbers among them.
    await again.locator('summary').click()
  }

  async imports() {
    await this.page.getByLabel('事由').fill(kWhy)
    await this.page.getByLabel('事由').press('Enter')
    await this.says('.import-outcome h2', '已导入')
    const shown = await this.page.locator('.import-counts dd').allInnerTexts()
    const numbers = shown.map((one) => Number(one.replace(/\D/g, '')))
    this.checks.same('imported', numbers, [this.total.new, 0, 0, this.total.refused])
    await this.says('table.batches tbody tr', kWhy)
    await this.isAccessible('imported')
    await this.showsNoIds('imported')
    await this.shot('import-done')
    for (const record of new Set(Object.values(this.answers).map((one) => one.record))) {
      const wanted = Object.values(this.answers)
        .filter((one) => one.record === record)
        .flatMap((one) => Object.values(one.sheets))
        .reduce((total, one) => total + one.accepted_rows, 0)
      const { count } = await this.answer(`/records/${record}?limit=1`)
      this.checks.same(`${record}: rows in the ledger`, count, wanted)
    }
    await this.takesRejects()
    const link = this.page.locator('.import-outcome a[href^="/ledgers/"]').first()
    await link.click()
    await this.page.waitForURL(/\/ledgers\//)
    await this.page.goBack()
    await this.says('.import-outcome h2', '已导入')
  }

  async takesRejects() {
    const links = this.page.locator('.import-outcome a[download]')
    const refused = Object.values(this.answers).filter((one) => one.refuse.length)
    this.checks.same('a workbook of refused rows for each file', await links.count(), refused.length)
    const [download] = await Promise.all([this.page.waitForEvent('download'), links.first().click()])
    const bytes = readFileSync(await download.path())
    this.checks.same('refused rows are a workbook', bytes.subarray(0, 2).toString(), 'PK')
  }

  // Asks first; Esc leaves everything as it is.
  async undoes() {
    const undo = this.page.locator('.import-outcome').getByRole('button', { name: '整批撤销' })
    await undo.click()
    await this.says('dialog', `新增的 ${this.total.new} 条会删去`)
    await this.isAccessible('undo')
    await this.shot('import-undo')
    await this.page.keyboard.press('Escape')
    await this.page.waitForSelector('dialog', { state: 'detached' })
    const [record] = Object.values(this.answers).map((one) => one.record)
    this.checks.that('Esc undoes nothing', (await this.answer(`/records/${record}?limit=1`)).count > 0)
    await undo.click()
    await this.page.getByRole('button', { name: '撤销这一批' }).click()
    await this.says('.import-outcome h2', '整批撤销了')
    await this.says('table.batches tbody', '已撤销')
    this.checks.same('undone', (await this.answer(`/records/${record}?limit=1`)).count, 0)
  }

  // The same files once more, small: a phone, and a new tray.
  async onPhone() {
    await this.page.setInputFiles('.file-input', this.books[this.books.length - 1])
    await this.page.waitForSelector('form.run')
    for (const summary of await this.page.locator('.table-card summary').all()) await summary.click()
    await this.fits('import on a phone')
    await this.isAccessible('import on a phone')
    await this.shot('import-phone', true)
    await this.page.getByRole('button', { name: '清空，换一批' }).click()
    await this.page.waitForSelector('.drop.large')
  }
}
