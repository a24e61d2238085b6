// The main job whole, by mouse and keyboard alone: a folder that is not there yet becomes a town, people are invited, the workbooks
// dragged in, the missing village's clerk fills in what is missing, figures are confirmed, the report is written, signed and sealed,
// and the leader follows a figure to its row on a phone. (`get` only holds what is shown against the program's answers.)
import { DeskWalk } from './desk_walk.mjs'

export const kLeader = { login: 'zhenzhang', name: '周镇长', password: 'xin-zhen-di-yi-tian-2023' }
export const kWriter = { login: 'zongheban', name: '王综合', password: 'zong-he-ban-er-lou-2023' }
export const kClerk = { login: 'wenshu', name: '赵文书', password: 'cun-kou-da-huai-shu-xia' }
const kMissing = 'vegetable_return'

export class StoryWalk extends DeskWalk {
  async signsIn(person, once) {
    await this.go('/')
    const field = (label) => this.page.getByLabel(label, { exact: true })
    await field('登录名').fill(person.login)
    await field('密码').fill(once ?? person.password)
    await field('密码').press('Enter')
    if (once) {
      await this.says('h1', '请先修改初始密码')
      await field('现在的密码').fill(once)
      await field('新密码').fill(person.password)
      await field('再输一次新密码').fill(person.password)
      await field('再输一次新密码').press('Enter')
    }
    await this.says('.who', person.name)
    if (person !== kClerk) await this.page.waitForURL((url) => url.pathname !== '/')
  }

  // The leader lets somebody in and reads out the password that is shown once.
  async invites(person, role, scope) {
    await this.page.getByRole('link', { name: '用户', exact: true }).click()
    await this.page.getByRole('button', { name: '新增用户' }).click()
    await this.page.getByLabel('姓名').fill(person.name)
    await this.page.getByLabel('登录名').fill(person.login)
    await this.page.getByLabel(role, { exact: true }).check()
    if (scope) await this.page.getByLabel(scope, { exact: true }).check()
    await this.page.getByLabel('理由').fill('新任')
    await this.page.getByRole('button', { name: '新增并给出密码' }).click()
    await this.says('.once', person.name)
    return this.text('.once .secret')
  }

  // Which village owes the return, as the matrix of returns shows it.
  async findsWhoIsMissing() {
    await this.opensReturns(`period=${this.period}`)
    const entry = (await this.get(`/returns?period=${this.period}`)).find((one) => one.record === kMissing)
    this.checks.that('story: somebody has not returned', entry.missing.length > 0, entry.missing)
    this.missing = entry.missing[0]
    this.name = entry.name
    await this.says('table.returns tbody tr', this.missing.name)
    await this.shot('story-returns')
    return this.missing.name
  }

  // The clerk's own ledger: a form with the village set, the year chosen, the figures typed.
  async clerkReturns(wanted) {
    await this.page.getByRole('link', { name: '台账', exact: true }).click()
    await this.page.getByRole('link', { name: this.name }).first().click()
    await this.page.getByRole('button', { name: '新增', exact: true }).click()
    const form = this.page.getByRole('dialog')
    const type = (await this.get('/records')).find((one) => one.id === kMissing)
    const fill = async (label, text) => {
      await form.getByLabel(label).first().click()
      await this.page.keyboard.press('Control+A')
      await this.page.keyboard.type(text)
      await this.page.keyboard.press('Tab')
    }
    const at = type.fields.find((one) => one.id === type.reported_at)
    await fill(type.place_name || '村', this.missing.name)
    await fill(at.name, `${this.period}年`)
    for (const [id, text] of Object.entries(wanted)) {
      await fill(type.fields.find((one) => one.id === id).name, text)
    }
    await this.shot('story-clerk')
    await form.getByRole('button', { name: '保存', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    const { state } = await this.placeOf(this.period, kMissing, this.missing.code)
    this.checks.same('story: the clerk has returned', state, 'returned')
  }

  // A line's figures are right, but for one that is asked about.
  async checksFigures() {
    await this.opens()
    const section = this.page.locator('.figure-checks')
    await section.waitFor()
    const lines = await section.locator('details').all()
    for (const line of lines) {
      await line.locator('summary').click()
      await line.getByRole('button', { name: /个数都对$/ }).click()
      await line.getByRole('button', { name: /个数都对$/ }).waitFor({ state: 'detached' })
    }
    await lines[0].getByRole('button', { name: /^有疑问/ }).first().click()
    await lines[0].getByLabel('哪里不对').fill('请再看一遍')
    await lines[0].getByRole('button', { name: '提出疑问' }).click()
    await lines[0].locator('.quiet', { hasText: '有疑问：请再看一遍' }).waitFor()
    await this.isAccessible('story: figures checked')
    await this.shot('story-checks', true)
    const { edition } = await this.get(`/reports/annual?period=${this.period}`)
    const { lines: said } = await this.get(`/editions/${edition}/checks`)
    const states = said.flatMap((line) => line.figures.map((one) => one.state))
    this.checks.same('story: one figure is disputed', states.filter((one) => one === 'disputed').length, 1)
    this.checks.same('story: the others are confirmed', states.filter((one) => one === 'open').length, 0)
  }

  async seesTheDispute() {
    await this.opens()
    await this.page.getByRole('button', { name: '定稿', exact: true }).click()
    await this.says('dialog', '有人提出疑问')
    await this.page.keyboard.press('Escape')
  }

  // On a phone: the report, a figure, its villages, its rows, the row itself with where it came from.
  async followsFigure() {
    await this.go(`/report?period=${this.period}`)
    await this.page.waitForSelector('.paper .figure')
    await this.says('.side', '已定稿')
    const { slots } = await this.get(`/reports/annual?period=${this.period}`)
    const slot = slots.find((one) => one.indicator === 'vegetable_output_t' && !one.compare)
    await this.page.locator(`#slot-${slot.id}`).first().click()
    await this.page.waitForSelector('.panel .sources li')
    await this.fits('story: a figure on a phone')
    await this.isAccessible('story: a figure on a phone')
    await this.shot('story-phone-figure')
    await this.page.locator('.panel .sources a').first().click()
    await this.page.waitForSelector('.panel .history li')
    this.checks.that('story: a row with its history', (await this.text('.panel .history')).includes('新增'))
    await this.shot('story-phone-row')
  }
}
