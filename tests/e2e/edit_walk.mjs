// A ledger worked in, by mouse and keyboard alone: cells, faults, undo, two people in one cell, a pasted block, a new
// record, deletion and its undoing, history; with a Chinese input method.
import { View } from './view.mjs'

const kLedger = 'greenhouse'
export const kPerson = { login: 'walker', name: '周会计', password: 'shanqing-shuixiu-7' }
// What was written by somebody else, or refused, is answered 412 or 422: the browser says so on its console.
const kRefusals = /status of (412|422)/

// What a page keeps on the machine, Chromium hands to its disk a moment later.
const kWrittenDown = 500

export class EditWalk extends View {
  async get(path) {
    const response = await this.page.context().request.get(`${this.origin}/api/v1${path}`)
    if (!response.ok()) throw new Error(`${path}: ${response.status()}`)
    return response.json()
  }

  // `once`: the password that was handed over; it is changed before anything else.
  async signIn(once) {
    const { request } = this.page.context()
    const api = `${this.origin}/api/v1`
    const data = { login: kPerson.login, password: once ?? kPerson.password }
    const answer = await request.post(`${api}/session`, { data })
    this.checks.that('edit: signed in', answer.ok(), await answer.text())
    if (!once) return
    const { csrf } = await (await request.get(`${api}/session`)).json()
    const changed = await request.post(`${api}/session/password`, {
      data: { old: once, new: kPerson.password },
      headers: { 'X-CSRF-Token': csrf },
    })
    this.checks.that('edit: first password changed', changed.ok(), await changed.text())
  }

  async opens() {
    this.type = (await this.get('/records')).find((one) => one.id === kLedger)
    await this.go(`/ledgers/${kLedger}`)
    await this.page.waitForSelector('table.grid tbody tr')
    this.cdp = await this.page.context().newCDPSession(this.page)
  }

  // Row and column as they stand on the screen, from 0.
  cell(row, column) {
    const names = this.columns
    return this.page.locator(`td[data-at="${row}-${names.indexOf(column)}"]`)
  }
  get box() {
    return this.page.locator('.cell-box')
  }
  async readColumns() {
    const heads = await this.page.locator('table.grid thead tr').first().locator('th button').allInnerTexts()
    this.columns = heads.map((one) => one.replace(/（.*/, '').trim())
  }
  async shows(row, column, text, name) {
    await this.cell(row, column)
      .filter({ hasText: text })
      .waitFor()
      .catch(() => {})
    this.checks.same(name, (await this.cell(row, column).innerText()).replace(/\s/g, ''), text)
  }
  saved() {
    return this.page.locator('.save-state.saved').waitFor()
  }

  // Every column, and they stay after the page is opened again.
  async choosesColumns() {
    await this.page.getByText('显示列').click()
    await this.page.getByRole('button', { name: '全部', exact: true }).click()
    await this.page.reload()
    await this.page.waitForSelector('table.grid tbody tr')
    await this.readColumns()
    this.checks.same('edit: columns kept', this.columns.length, this.type.fields.length + 1)
  }

  // Letters of a composition come as an input method sends them: keys that say nothing, then the text so far.
  async composes(steps, text) {
    for (const part of steps) {
      await this.cdp.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        windowsVirtualKeyCode: 229,
        key: 'Process',
        code: `Key${part.at(-1).toUpperCase()}`,
      })
      await this.cdp.send('Input.imeSetComposition', {
        text: part,
        selectionStart: part.length,
        selectionEnd: part.length,
      })
    }
    await this.cdp.send('Input.insertText', { text })
  }

  async composesInCell() {
    await this.cell(0, '备注').click()
    await this.composes(['x', 'xi', 'xin'], '新')
    await this.composes(['p', 'pe', 'pen', 'peng'], '棚')
    this.checks.same('edit: no letter lost or doubled', await this.box.inputValue(), '新棚')
    await this.page.keyboard.press('Enter')
    await this.saved()
    await this.shows(0, '备注', '新棚', 'edit: composed text')
    this.checks.same(
      'edit: on disk',
      (await this.get(`/records/${kLedger}?limit=1`)).rows[0].values.note,
      '新棚',
    )
  }

  async movesByKeys() {
    const at = () => this.page.locator('td.active').getAttribute('data-at')
    await this.cell(1, '占地面积').click()
    const column = this.columns.indexOf('占地面积')
    await this.page.keyboard.type('1.25')
    await this.page.keyboard.press('Tab')
    this.checks.same('edit: Tab goes on', await at(), `1-${column + 1}`)
    await this.shows(1, '占地面积', '1.25', 'edit: number')
    await this.page.keyboard.press('F2')
    await this.page.keyboard.type('999')
    await this.page.keyboard.press('Escape')
    this.checks.same('edit: Esc leaves the cell as it was', await at(), `1-${column + 1}`)
    await this.page.keyboard.press('ArrowUp')
    this.checks.same('edit: arrows', await at(), `0-${column + 1}`)
    await this.saved()
  }

  // By pinyin initials.
  async choosesFromList() {
    await this.cell(0, '使用状态').click()
    await this.page.keyboard.type('xz')
    await this.says('.options [role=option]', '闲置')
    await this.shot('edit-list')
    await this.page.keyboard.press('Enter')
    await this.shows(0, '使用状态', '闲置', 'edit: choice by initials')
    await this.saved()
  }

  // Told while it is typed; refused, it stays to be mended.
  async refusesAtCell() {
    this.browser.expected = kRefusals
    const before = (await this.get(`/records/${kLedger}?limit=1`)).rows[0]
    await this.cell(0, '占地面积').click()
    await this.page.keyboard.type('很大')
    await this.says('.cell-said.bad', '不是数字')
    await this.page.keyboard.press('Enter')
    await this.says('.save-state.unsaved', '未保存')
    await this.shows(0, '占地面积', '很大', 'edit: kept for mending')
    this.checks.same(
      'edit: marked at the cell',
      await this.cell(0, '占地面积').getAttribute('aria-invalid'),
      'true',
    )
    await this.isAccessible('edit: a refused cell')
    await this.shot('edit-refused')
    const standing = (await this.get(`/records/${kLedger}?limit=1`)).rows[0]
    this.checks.same('edit: nothing written', standing.version, before.version)
    await this.cell(0, '占地面积').dblclick()
    await this.box.fill('2.5')
    await this.page.keyboard.press('Enter')
    await this.saved()
    await this.shows(0, '占地面积', '2.50', 'edit: mended')
    this.browser.expected = null
  }

  async undoes() {
    const before = (await this.get(`/records/${kLedger}?limit=1`)).rows[0]
    await this.cell(0, '使用面积').click()
    await this.page.keyboard.type('0.75')
    await this.page.keyboard.press('Enter')
    await this.saved()
    await this.shows(0, '使用面积', '0.75', 'edit: before the undo')
    await this.page.keyboard.press('Control+z')
    await this.says('.save-state', '已撤销')
    const after = (await this.get(`/records/${kLedger}?limit=1`)).rows[0]
    this.checks.same('edit: undone', after.values, before.values)
  }

  // `other`: somebody at another machine, who writes first.
  async settlesConflict(other) {
    this.browser.expected = kRefusals
    await other.cell(0, '备注').click()
    await other.page.keyboard.type('先改的')
    await other.page.keyboard.press('Enter')
    await other.saved()
    // Another cell of the row: both stand, nobody is asked.
    await this.cell(0, '组别').click()
    await this.page.keyboard.type('三组')
    await this.page.keyboard.press('Enter')
    await this.saved()
    await this.shows(0, '备注', '先改的', 'edit: the other cell came along')
    await other.cell(0, '备注').click()
    await other.page.keyboard.type('又改的')
    await other.page.keyboard.press('Enter')
    await other.saved()
    await this.cell(0, '备注').click()
    await this.page.keyboard.type('我改的')
    await this.page.keyboard.press('Enter')
    const dialog = this.page.getByRole('dialog', { name: '有人先改了这条记录' })
    await dialog.waitFor()
    const said = await dialog.innerText()
    this.checks.that(
      'edit: both values and who',
      ['先改的', '又改的', '我改的', '周会计'].every((one) => said.includes(one)),
      said,
    )
    await this.isAccessible('edit: conflict')
    await this.shot('edit-conflict')
    await dialog.getByRole('button', { name: '改成我的' }).click()
    await this.saved()
    await this.shows(0, '备注', '我改的', 'edit: mine upon theirs')
    this.browser.expected = null
  }

  // As a spreadsheet puts it on the clipboard.
  async pastes() {
    const before = (await this.get(`/records/${kLedger}?limit=3`)).rows
    await this.cell(0, '占地面积').click()
    const block = '3.1\t2.9\r\n很多\t1\r\n4.1亩\t4\r\n'
    await this.page.evaluate((text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, block)
    await this.says('dialog .told', '修改 2 行')
    await this.says('dialog .preview td.bad', '不是数字')
    await this.isAccessible('edit: paste')
    await this.shot('edit-paste')
    await this.page.getByRole('button', { name: '写入 2 行' }).click()
    await this.says('.save-state', '已写入 2 行')
    await this.shows(0, '占地面积', '3.10', 'edit: pasted')
    await this.shows(2, '占地面积', '4.10', 'edit: pasted with its unit')
    await this.page.getByRole('button', { name: '撤销', exact: true }).click()
    await this.says('.save-state', '已撤销粘贴')
    const after = (await this.get(`/records/${kLedger}?limit=3`)).rows
    this.checks.same(
      'edit: the block taken back whole',
      after.map((row) => row.values),
      before.map((row) => row.values),
    )
  }

  async addsRecord() {
    this.browser.expected = kRefusals
    const { count } = await this.get(`/records/${kLedger}?limit=1`)
    await this.page.getByRole('button', { name: '新增', exact: true }).click()
    const form = this.page.getByRole('dialog')
    await form.getByRole('button', { name: '保存', exact: true }).click()
    await this.says('dialog .notice.bad', '还没有保存')
    this.checks.that(
      'edit: what must be filled is marked',
      (await form.locator('[aria-invalid="true"]').count()) >= 3,
    )
    await this.isAccessible('edit: form')
    await this.shot('edit-form')
    const village = (await this.get('/town')).villages[0].name
    const fill = async (label, text) => {
      await form.getByLabel(label).click()
      await this.page.keyboard.type(text)
      await this.page.keyboard.press('Tab')
    }
    await fill(this.type.place_name, village)
    await fill('户主姓名', '欧阳试')
    await fill('身份证号', '990101199001010011')
    await fill('设施类型', this.type.fields.find((one) => one.id === 'kind').choices[0])
    await fill('建成时间', '2023年5月')
    await form.getByRole('button', { name: '保存', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await this.says('.head', `共 ${count + 1} 条`)
    const { rows } = await this.get(`/records/${kLedger}?limit=200&sort=-id`)
    this.added = rows[0]
    this.checks.same('edit: the month is kept as a month', this.added.precision.built_on, 'month')
    this.browser.expected = null
  }

  // A tab that dies takes nothing along: what was typed is offered when the ledger is opened again.
  async outlivesTheBrowser() {
    const mine = this.page
    const dies = await mine.context().newPage()
    await dies.goto(`${this.origin}/ledgers/${kLedger}`)
    await dies.locator(`td[data-at="2-${this.columns.indexOf('备注')}"]`).click()
    await dies.keyboard.type('写到一半')
    await dies.waitForTimeout(kWrittenDown)
    await dies.close()
    await this.go(`/ledgers/${kLedger}`)
    await this.says('.notice.warn', '写到一半')
    await this.page.waitForSelector('table.grid tbody tr')
    await this.settled()
    await this.isAccessible('edit: kept cells')
    await this.shot('edit-kept')
    await mine.getByRole('button', { name: '接着存上' }).click()
    await this.saved()
    await this.shows(2, '备注', '写到一半', 'edit: what was typed before the browser died')
    const secret = '990101199001010038'
    const form = await mine.context().newPage()
    await form.goto(`${this.origin}/ledgers/${kLedger}`)
    await form.getByRole('button', { name: '新增', exact: true }).click()
    await form.getByRole('dialog').getByLabel('身份证号').fill(secret)
    await form.getByRole('dialog').getByLabel('备注').fill('半张表')
    await form.waitForTimeout(kWrittenDown)
    await form.close()
    const kept = await mine.evaluate(() => JSON.stringify(localStorage))
    this.checks.that('edit: a personal value is not kept on the machine', !kept.includes(secret))
    await mine.getByRole('button', { name: '新增', exact: true }).click()
    await this.says('dialog .notice.warn', '接着上次')
    this.checks.same('edit: the form goes on', await mine.getByRole('dialog').getByLabel('备注').inputValue(), '半张表')
    await mine.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    const left = await mine.evaluate(() => Object.keys(localStorage).filter((one) => one.includes('.kept.')))
    this.checks.same('edit: nothing stays kept', left, [])
  }

  async deletesAndRestores() {
    const { count } = await this.get(`/records/${kLedger}?limit=1`)
    await this.go(`/ledgers/${kLedger}?open=${this.added.id}`)
    await this.page.getByRole('button', { name: '删除这条记录' }).click()
    await this.says('.head', `共 ${count - 1} 条`)
    await this.page.getByRole('button', { name: '已删除的' }).click()
    await this.says('.panel .sources', '周会计')
    await this.isAccessible('edit: deleted')
    await this.shot('edit-deleted')
    await this.page.getByRole('button', { name: '恢复', exact: true }).click()
    await this.says('.head', `共 ${count} 条`)
    await this.says('.panel .empty', '没有删除过')
    await this.page.getByRole('button', { name: '关闭' }).click()
  }

  async readsHistory() {
    await this.go(`/ledgers/${kLedger}`)
    await this.page.waitForSelector('table.grid tbody tr')
    await this.page.getByRole('button', { name: '打开第1行' }).click()
    await this.page.waitForSelector('.panel .history li')
    const history = await this.text('.panel .history')
    this.checks.that(
      'edit: who, before and after',
      ['周会计', '备注：又改的 → 我改的', '撤销'].every((one) => history.includes(one)),
      history,
    )
    await this.shot('edit-history')
    await this.isAccessible('edit: history')
    await this.showsNoIds('edit')
  }
}
