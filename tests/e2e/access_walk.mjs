// Who may come in: the first start, people invited, first passwords changed, a session that ends under the hands, and a clerk who
// goes after what is not theirs, by every road.
import { View } from './view.mjs'

const kLeader = { login: 'mayor', name: '李镇长', password: 'qing-shi-qiao-tou-2023' }
const kOfficial = { login: 'office', name: '王综合', password: 'zong-he-ban-lou-shang' }
const kClerk = { login: 'wenshu', name: '赵文书', password: 'cun-kou-lao-huai-shu' }

export class AccessWalk extends View {
  async firstStart() {
    await this.go('/ledgers')
    await this.page.getByRole('link', { name: '建立账号' }).click()
    await this.says('h1', '建立镇领导的账号')
    await this.isAccessible('first start')
    await this.shot('first-start')
    await this.page.getByLabel('姓名').focus()
    const keyboard = this.page.keyboard
    await keyboard.type(kLeader.name)
    await keyboard.press('Tab')
    await keyboard.type(kLeader.login)
    await keyboard.press('Tab')
    await keyboard.type('12345678')
    await this.page.getByLabel('再输一次密码').fill('12345678')
    this.browser.expected = /422/
    await keyboard.press('Enter')
    await this.says('.notice.bad', '密码不合要求')
    this.browser.expected = null
    await this.page.getByLabel('密码', { exact: true }).fill(kLeader.password)
    await this.page.getByLabel('再输一次密码').fill(kLeader.password)
    await this.page.getByLabel('再输一次密码').press('Enter')
    await this.says('h1', '用户')
    await this.says('.who', kLeader.name)
    const stranger = await fetch(`${this.origin}/api/v1/town`)
    this.checks.same('after the first start nobody reads without a session', stranger.status, 401)
  }

  // Fills the form as it is, says why, and returns the password that is shown once.
  async invite(person, role, scope) {
    await this.page.getByRole('button', { name: '新增用户' }).click()
    await this.page.getByLabel('姓名').fill(person.name)
    await this.page.getByLabel('登录名').fill(person.login)
    await this.page.getByLabel(role, { exact: true }).check()
    if (scope) await this.page.getByLabel(scope, { exact: true }).check()
    await this.page.getByLabel('理由').fill('新任')
    await this.isAccessible(`inviting ${role}`)
    await this.shot(`invite-${person.login}`)
    await this.page.getByRole('button', { name: '新增并给出密码' }).click()
    await this.says('.once', person.name)
    const password = await this.text('.once .secret')
    this.checks.that('a one-time password is shown', /^\w{4}-\w{4}-\w{4}$/.test(password), password)
    return password
  }

  async invites() {
    const town = await this.ask('/town')
    this.village = town.body.villages[0]
    this.other = town.body.villages[1]
    kOfficial.first = await this.invite(kOfficial, '综合办')
    kClerk.first = await this.invite(kClerk, '村文书', this.village.name)
    await this.isAccessible('users')
    await this.shot('users')
    await this.fits('users')
    await this.page.getByRole('button', { name: '已告诉本人' }).click()
    this.checks.same('the password is not shown again', await this.page.locator('.secret').count(), 0)
    await this.page.reload()
    await this.page.waitForSelector('table.users tbody tr')
    this.checks.that('nor is it in the page', !(await this.page.content()).includes(kClerk.first))
  }

  // As the page itself asks, with its cookie; `csrf`: a token of its own instead.
  ask(path, method = 'GET', body, csrf) {
    return this.page.evaluate(
      async ([path, method, body, csrf]) => {
        const session = await (await fetch('/api/v1/session')).json()
        const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf ?? session.csrf ?? '' }
        const init = method === 'GET' ? {} : { method, headers, body: JSON.stringify(body ?? {}) }
        const response = await fetch(`/api/v1${path}`, init)
        const text = await response.text()
        let parsed = null
        try {
          parsed = JSON.parse(text)
        } catch {
          // a file
        }
        return { status: response.status, text, body: parsed }
      },
      [path, method, body, csrf],
    )
  }

  async signIn(login, password) {
    await this.page.getByLabel('登录名').fill(login)
    await this.page.getByLabel('密码', { exact: true }).fill(password)
    await this.page.getByLabel('密码', { exact: true }).press('Enter')
  }

  // The clerk's own browser.
  async clerkComesIn(leader) {
    this.village = leader.village
    this.other = leader.other
    await this.go('/ledgers')
    await this.says('h1', '登录')
    await this.isAccessible('login')
    await this.fits('login')
    await this.shot('login')
    this.browser.expected = /401/
    await this.signIn(kClerk.login, 'wrong-password')
    await this.says('.notice.bad', '登录名或密码不对')
    this.browser.expected = null
    await this.signIn(kClerk.login, kClerk.first)
    await this.says('h1', '请先修改初始密码')
    await this.isAccessible('first password')
    await this.shot('first-password')
    await this.page.getByLabel('现在的密码').fill(kClerk.first)
    await this.page.getByLabel('新密码', { exact: true }).fill(kClerk.password)
    await this.page.getByLabel('再输一次新密码').fill(kClerk.password)
    await this.page.getByLabel('再输一次新密码').press('Enter')
    await this.page.waitForSelector('table.list tbody tr')
    this.checks.same('a clerk has no report and no users', await this.page.locator('nav a').allInnerTexts(), [
      '我的报送',
      '台账',
    ])
    await this.shot('clerk-ledgers')
    await this.go('/report')
    await this.says('h1', '我的报送')
    await this.go('/account')
    await this.says('.facts', this.village.name)
    await this.page.waitForSelector('.sessions li')
    await this.isAccessible('my account')
    await this.shot('account')
  }

  // What the leader sees of another village, asked for by the clerk.
  async clerkGoesAfterOthers(leader) {
    const place = this.other.code
    const types = (await leader.ask('/records')).body
    const named = []
    for (const type of types) {
      const rows = (await leader.ask(`/records/${type.id}?place=${place}&limit=1`)).body.rows
      const personal = type.fields.find((field) => field.personal || field.secret)
      if (rows.length) named.push({ type, row: rows[0], personal })
    }
    this.checks.that('another village has rows to go after', named.length > 2, named.length)
    const refused = async (name, answer, statuses) => {
      const seen = await answer
      this.checks.that(`clerk: ${name}`, statuses.includes(seen.status), {
        status: seen.status,
        text: seen.text.slice(0, 200),
      })
    }
    this.browser.expected = /40\d|422/
    for (const { type, row, personal } of named) {
      const path = `/records/${type.id}`
      await refused(`${type.id}: a row`, this.ask(`${path}/${row.id}`), [404])
      const listed = (await this.ask(`${path}?place=${place}`)).body
      this.checks.same(`clerk: ${type.id}: the list of a village`, [listed.rows.length, listed.count], [0, 0])
      const all = (await this.ask(`${path}?limit=200`)).body
      this.checks.that(
        `clerk: ${type.id}: the whole list`,
        all.rows.every((one) => one.place === this.village.code),
        all.rows.map((one) => one.place_name),
      )
      const found = (await this.ask(`${path}?filter=${encodeURIComponent(`id = ${row.id}`)}`)).body
      this.checks.that(`clerk: ${type.id}: by id in a filter`, !found?.rows?.length, found)
      if (personal) {
        await refused(`${type.id}: sorted by ${personal.id}`, this.ask(`${path}?sort=${personal.id}`), [422])
        await refused(
          `${type.id}: ${personal.id} opened`,
          this.ask(`${path}/${row.id}/reveal`, 'POST', { field: personal.id, why: '看看' }),
          [404],
        )
      }
    }
    const indicator = (await leader.ask(`/figures?period=${this.period}`)).body.find(
      (one) => one.figure.value,
    )
    for (const road of [
      `/figures?period=${this.period}&place=${place}`,
      `/figures/${indicator.id}?period=${this.period}&place=${place}`,
      `/figures/${indicator.id}/records?period=${this.period}&place=${place}`,
      `/reports/annual?period=${this.period}`,
      `/reports/annual/file?period=${this.period}&format=html`,
      `/reports/annual/file?period=${this.period}&format=docx`,
      '/users',
      '/sessions?user=all',
    ]) {
      await refused(road, this.ask(road), [403])
    }
    await refused('a user made', this.ask('/users', 'POST', { login: 'x' }), [403])
    await refused('without the token', this.ask('/sessions/1', 'DELETE', {}, ''), [403])
    const returns = (await this.ask(`/returns?period=${this.period}`)).body
    this.checks.that(
      'clerk: returns of their village only',
      returns.every((one) => one.owed <= 1),
      returns,
    )
    const others = (await leader.ask('/town')).body.villages.filter((one) => one.code !== this.village.code)
    const figures = await this.ask(`/figures/${indicator.id}?period=${this.period}`)
    const cut = figures.body.figure.scope === this.village.name || figures.body.figure.scope === ''
    this.checks.that('clerk: a figure is cut to their village', cut, figures.body.figure.scope)
    this.checks.that(
      'clerk: an explanation names no figure of other villages',
      figures.body.explanation.places.every((one) => !others.some((other) => other.code === one.place)),
      figures.body.explanation.places.map((one) => one.place_name),
    )
    this.browser.expected = null
  }

  // The session ends while a page is open: the work stays, and goes on after signing in again.
  async sessionEnds(leader) {
    await this.go('/ledgers')
    await this.page.waitForSelector('table.list tbody tr')
    const id = (await leader.ask('/users')).body.users.find((one) => one.login === kClerk.login).id
    for (const session of (await leader.ask(`/sessions?user=${id}`)).body) {
      await leader.ask(`/sessions/${session.id}`, 'DELETE')
    }
    this.browser.expected = /401/
    await this.page.locator('table.list tbody a').first().click()
    await this.says('dialog h2', '登录已过期')
    await this.isAccessible('signing in again')
    await this.shot('sign-in-again')
    this.checks.same('what was open stays', await this.page.locator('#main').count(), 1)
    await this.page.locator('dialog input[type=password]').fill(kClerk.password)
    await this.page.locator('dialog input[type=password]').press('Enter')
    await this.page.waitForSelector('dialog', { state: 'detached' })
    await this.page.waitForSelector('table.grid, table.ledger')
    this.browser.expected = null
    this.checks.that('it goes on where it was', /\/ledgers\/\w+/.test(this.page.url()), this.page.url())
  }

  async leaderOnPhone() {
    await this.go('/users')
    await this.says('h1', '登录')
    await this.fits('login on a phone')
    await this.isAccessible('login on a phone')
    await this.shot('login-phone-dark')
    await this.signIn(kLeader.login, kLeader.password)
    await this.page.waitForSelector('table.users tbody tr')
    await this.fits('users on a phone')
    await this.isAccessible('users on a phone')
    await this.shot('users-phone-dark')
  }

  async signsOut() {
    await this.go('/account')
    await this.page.getByRole('button', { name: '退出登录' }).click()
    await this.says('h1', '登录')
    this.browser.expected = /401/
    await this.page.goBack()
    await this.says('h1', '登录')
    this.checks.same('signed out: nothing is left in the page', await this.page.locator('.who').count(), 0)
    this.browser.expected = null
  }
}
