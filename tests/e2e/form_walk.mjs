// A form of others: laid in, a column tied to the villages beside it in one go, a list and words, filled, kept as it was sent.
import { createHash } from 'node:crypto'
import { ReturnsWalk } from './returns_walk.mjs'

export const kFormWriter = { login: 'tianbiao', password: 'mei-qi-zi-ji-tian-hao' }
const kIndicator = 'openfield_vegetable_sown_mu'
const kXlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')

export class FormWalk extends ReturnsWalk {
  cellAt(name) {
    const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(name)
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
    return this.page.locator('.form-grid tbody tr').nth(Number(row) - 1).locator('td').nth(column - 1)
  }

  // `blank`: a table of villages with last year's numbers in it, as a county sends it again.
  async laysIn(blank) {
    await this.go(`/forms?period=${this.period}`)
    await this.says('.empty', '还没有表样')
    await this.isAccessible('forms: none')
    const file = { mimeType: kXlsx, buffer: blank }
    this.browser.expected = /status of 422/
    await this.page.setInputFiles('input[type=file]', { ...file, name: '坏表.xlsx', buffer: Buffer.from('x') })
    await this.says('.notice', '坏表.xlsx')
    this.browser.expected = null
    await this.page.setInputFiles('input[type=file]', { ...file, name: '蔬菜面积报表.xlsx' })
    await this.page.waitForURL(/\/forms\/\d+/)
    this.id = /\/forms\/(\d+)/.exec(this.page.url())[1]
    await this.says('h1', '蔬菜面积报表')
    await this.page.waitForSelector('.form-grid tbody tr')
    this.rows = await this.page.locator('.form-grid tbody tr').count()
    await this.isAccessible('forms: laid in')
  }

  async picks(initials) {
    await this.page.getByLabel('插入哪个指标').fill(initials)
    await this.page.getByLabel('插入哪个指标').press('Enter')
    await this.page.waitForSelector('.slot-picker', { state: 'detached' })
  }

  // A cell that was bound reads … until the program has told what it holds.
  async isFilled() {
    await this.page.waitForSelector('.form-grid td.bound')
    await this.page.locator('.form-grid td.bound').filter({ hasText: '…' }).first().waitFor({ state: 'detached' })
  }

  // Every village of column A gets its own figure in column E; a village without a return stays empty and is named.
  async tiesColumn() {
    await this.cellAt('E2').click()
    await this.cellAt(`E${this.rows}`).click({ modifiers: ['Shift'] })
    const where = await this.page.getByLabel('哪里的数').inputValue()
    this.checks.same('forms: the villages beside are seen', where, 'left')
    await this.page.getByRole('button', { name: '填指标' }).click()
    await this.isAccessible('forms: a figure picked')
    await this.picks('露地蔬菜播种面积')
    await this.isFilled()
    const { villages } = await this.get('/town')
    const seen = []
    const wanted = []
    for (let row = 2; row <= this.rows; row++) {
      const name = (await this.cellAt(`A${row}`).innerText()).trim()
      const { code } = villages.find((one) => one.name === name)
      const { figure } = await this.get(`/figures/${kIndicator}?period=${this.period}&place=${code}`)
      seen.push((await this.cellAt(`E${row}`).innerText()).trim())
      wanted.push(figure.value ?? '缺数')
    }
    this.checks.that('forms: there are villages', wanted.length > 5, wanted.length)
    this.checks.same('forms: every village has its figure', seen, wanted)
    await this.shot('form-column')
  }

  // By keyboard alone: the cell beneath, another figure, taken out and back.
  async byKeyboard() {
    await this.cellAt('F2').click()
    await this.page.keyboard.press('ArrowRight')
    await this.page.keyboard.press('Enter')
    await this.picks('ldscbz')
    await this.isFilled()
    this.checks.that('forms: bound by keyboard', await this.cellAt('G2').evaluate((td) => td.classList.contains('bound')))
    await this.cellAt('G2').click()
    await this.page.keyboard.press('Delete')
    await this.says('.cell-binding', '还没有对上')
    await this.cellAt('G2').click()
    await this.page.keyboard.press('Control+z')
    await this.page.waitForSelector('.cell-binding strong')
  }

  async tiesListAndWords() {
    await this.cellAt('A1').click()
    await this.page.getByLabel('文字', { exact: true }).check()
    await this.page.getByLabel('填的文字').fill('{{name:town}}{{period}}各村')
    await this.page.getByRole('button', { name: '填文字' }).click()
    const town = (await this.get('/town')).name
    await this.says('.form-grid td.bound', `${town}${this.period}年各村`)
    await this.cellAt('I2').click()
    await this.page.getByLabel('名册', { exact: true }).check()
    await this.page.getByLabel('哪本台账').selectOption('greenhouse')
    await this.page.locator('.list-fields input').first().check()
    await this.page.locator('.list-fields input').nth(1).check()
    await this.page.getByLabel('留了几行').fill('3')
    await this.page.getByRole('button', { name: '填名册' }).click()
    await this.says('.side', '没有填入')
    await this.isAccessible('forms: bound')
    await this.showsNoIds('forms: bound')
    await this.shot('form')
  }

  // What is kept is what was downloaded, and stays so after the form was bound anew.
  async keeps() {
    const { request } = this.page.context()
    await this.page.getByRole('button', { name: '留存一份' }).click()
    await this.isAccessible('forms: keeping')
    await this.page.getByLabel('报给谁、为什么').fill('报县农业农村局')
    await this.page.locator('dialog').getByRole('button', { name: '留存一份' }).click()
    await this.says('.side', '报县农业农村局')
    const filing = this.page.locator('.side a[href*="/filings/"]').first()
    const address = this.origin + (await filing.getAttribute('href'))
    const kept = digest(await (await request.get(address)).body())
    await this.cellAt('A1').click()
    await this.page.keyboard.press('Delete')
    await this.says('.cell-binding', '还没有对上')
    const again = digest(await (await request.get(address)).body())
    this.checks.same('forms: what was kept stays', again, kept)
    const now = await request.get(`${this.origin}/api/v1/forms/${this.id}/file?period=${this.period}`)
    this.checks.that('forms: the form itself changed', digest(await now.body()) !== kept)
  }

  async onPhone(id) {
    await this.go(`/forms/${id}?period=${this.period}`)
    await this.page.waitForSelector('.form-grid tbody tr')
    await this.fits('forms: phone')
    await this.isAccessible('forms: phone')
    await this.shot('form-phone')
  }
}
