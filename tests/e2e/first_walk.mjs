// The first start, by mouse alone: which town this is, its villages, the leader's account, what the town says about itself.
import { readFileSync } from 'node:fs'
import { kLeader } from './story_walk.mjs'
import { View } from './view.mjs'


export class FirstWalk extends View {
  // `file`: the settings.json of the books.
  expects(file) {
    this.file = file
    this.settings = JSON.parse(readFileSync(file, 'utf8'))
  }

  // From the national list: each choice opens the next, the town brings its villages.
  async choosesFromList() {
    await this.go('/')
    await this.says('h1', '这是哪个镇')
    await this.isAccessible('setup: empty')
    for (const [label, name] of [
      ['省', '甘肃省'],
      ['市', '庆阳市'],
      ['县（区）', '宁县'],
      ['乡镇（街道）', '和盛镇'],
    ]) {
      const list = this.page.getByRole('combobox', { name: label, exact: true })
      await list.getByRole('option', { name, exact: true }).waitFor({ state: 'attached' })
      await list.selectOption({ label: name })
    }
    await this.page.waitForSelector('table.villages tbody tr')
    this.checks.same('setup: the town', await this.page.getByLabel('镇名').inputValue(), '和盛镇')
    const name = this.page.getByLabel('第1个村的村名')
    this.checks.same('setup: its first village', await name.inputValue(), '康宁居委会')
    await this.isAccessible('setup: from the list')
    await this.fits('setup')
    await this.shot('setup-list', true)
  }

  async saysWhatIsWrong() {
    await this.page.getByLabel('用文件').check()
    const input = this.page.locator('input[type=file]')
    await input.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"town":') })
    await this.says('.notice.bad', '不是有效的 settings.json')
    await input.setInputFiles(this.file)
    await this.page.locator('table.villages tbody tr').nth(this.settings.villages.length - 1).waitFor()
    await this.page.getByLabel('第1个村的村名').fill('')
    await this.page.getByRole('button', { name: '建立这个镇' }).click()
    this.checks.same('setup: nothing is made of half a form', (await this.get('/session')).setup, 'here')
    await this.page.getByLabel('第1个村的村名').fill(this.settings.villages[0].name)
    await this.shot('setup-file')
  }

  async makesTown() {
    await this.page.getByRole('button', { name: '建立这个镇' }).click()
    await this.says('.brand', this.settings.town.name)
    const town = await this.get('/town')
    this.checks.same('setup: the villages', town.villages.length, this.settings.villages.length)
    await this.page.getByRole('link', { name: '建立账号' }).click()
    await this.page.getByLabel('姓名').fill(kLeader.name)
    await this.page.getByLabel('登录名').fill(kLeader.login)
    await this.page.getByLabel('密码', { exact: true }).fill(kLeader.password)
    await this.page.getByLabel('再输一次密码').fill(kLeader.password)
    await this.page.getByLabel('再输一次密码').press('Enter')
    await this.says('h1', '用户')
  }

  async changesSettings() {
    await this.page.getByRole('link', { name: '设置', exact: true }).click()
    await this.page.waitForSelector('table.villages tbody tr')
    await this.isAccessible('settings')
    await this.fits('settings')
    await this.shot('settings')
    const idea = this.page.getByLabel('镇党委发展思路')
    const before = await idea.inputValue()
    await idea.fill('先写的')
    await this.page.getByRole('button', { name: '撤销未保存的改动' }).click()
    this.checks.same('settings: taken back', await idea.inputValue(), before)
    await idea.fill('强菜扩牛、以旅兴镇')
    const village = this.settings.villages[0].name
    await this.page.getByLabel(`${village}的村民小组数`).fill('9')
    await this.page.getByRole('button', { name: '保存（2处改动）' }).click()
    await this.says('.notice.good', '已保存')
    await this.page.reload()
    await this.page.waitForSelector('table.villages tbody tr')
    this.checks.same('settings: kept', await idea.inputValue(), '强菜扩牛、以旅兴镇')
    const groups = this.page.getByLabel(`${village}的村民小组数`)
    this.checks.same('settings: groups kept', await groups.inputValue(), '9')
    this.browser.expected = /422/
    await this.page.getByLabel('应急救援队伍目标人数').fill('很多')
    await this.page.getByRole('button', { name: '保存（1处改动）' }).click()
    await this.says('.notice.bad', '很多')
    this.browser.expected = null
    await this.shot('settings-wrong')
  }

  async onPhone() {
    await this.page.setViewportSize({ width: 390, height: 844 })
    await this.page.getByRole('button', { name: '撤销未保存的改动' }).click()
    await this.fits('settings on a phone')
    await this.isAccessible('settings on a phone')
    await this.shot('settings-phone', true)
  }
}
