// The report desk: a paragraph written with a figure put in by name, given up and kept, a returned Word compared, signed and sealed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReturnsWalk } from './returns_walk.mjs'

export const kWriter = { login: 'zhubi', password: 'zhu-bi-xie-gao-zi-8' }
export const kSigner = { login: 'qianfa', password: 'qian-fa-ding-gao-6' }
const kWords = '本段由综合办补写。'

export class DeskWalk extends ReturnsWalk {
  async opens() {
    await this.go(`/report?period=${this.period}`)
    await this.page.waitForSelector('.paper .paper-body')
  }

  // Words typed and a figure picked by the first letters of its pinyin stand in the paper once saved.
  async writes() {
    await this.page.getByRole('button', { name: '编写' }).click()
    await this.page.getByRole('button', { name: /改\s*这一段/ }).first().click()
    const box = this.page.getByRole('textbox', { name: '段落文字' })
    await box.press('Control+End')
    await this.page.keyboard.type(kWords)
    await this.page.keyboard.press('/')
    await this.page.getByLabel('插入哪个指标').fill('gjdp')
    await this.says('.slot-picker li', '钢架大棚')
    await this.isAccessible('report desk: a figure picked')
    await this.shot('desk-picker')
    await this.page.getByLabel('插入哪个指标').press('Enter')
    await this.page.keyboard.press('Control+Enter')
    await this.page.waitForSelector('.paragraph-editor', { state: 'detached' })
    await this.says('.paper-body', kWords)
    const paragraph = this.page.locator('.paper p').filter({ hasText: kWords })
    const figure = await paragraph.locator('.figure').last().innerText()
    this.checks.that('report desk: the figure is computed', /\d座/.test(figure), figure)
    await this.isAccessible('report desk')
    await this.shot('desk')
  }

  // What was typed is there again after the page was closed under way, and gone once given up.
  async keepsWhatWasTyped() {
    await this.page.getByRole('button', { name: /改\s*这一段/ }).first().click()
    await this.page.getByRole('textbox', { name: '段落文字' }).press('Control+End')
    await this.page.keyboard.type('没存下')
    await this.page.reload()
    await this.page.getByRole('button', { name: '编写' }).click()
    await this.page.getByRole('button', { name: /改\s*这一段/ }).first().click()
    await this.says('.paragraph-editor', '上次没有存下')
    await this.says('.paragraph-box', '没存下')
    await this.page.getByRole('button', { name: '放弃' }).click()
    this.checks.same('report desk: given up', await this.page.getByText('没存下').count(), 0)
  }

  // The Word as it was downloaded differs in nothing.
  async compares() {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('link', { name: '下载 Word' }).click(),
    ])
    const buffer = readFileSync(await download.path())
    await this.page.getByRole('button', { name: '比对 Word' }).click()
    const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    await this.page.setInputFiles('dialog input[type=file]', { name: '退回.docx', mimeType, buffer })
    await this.says('dialog', '一字不差')
    await this.isAccessible('report desk: compared')
    await this.page.getByRole('button', { name: '关闭' }).last().click()
    return buffer
  }

  // Of two sentences that somebody changed in Word one is taken over, the other stays as it was written here.
  async takesOver(buffer) {
    const folder = mkdtempSync(join(tmpdir(), 'zhenwu-word-'))
    const [sent, back] = [join(folder, '发出.docx'), join(folder, '退回.docx')]
    writeFileSync(sent, buffer)
    const changes = ['完善社会救助体系', '健全社会救助体系', '落实属地管理责任', '压实属地管理责任']
    execFileSync('python3', [fileURLToPath(new URL('edited_docx.py', import.meta.url)), sent, back, ...changes])
    await this.page.getByRole('button', { name: '比对 Word' }).click()
    await this.page.setInputFiles('dialog input[type=file]', back)
    await this.says('dialog', '健全社会救助体系')
    await this.page.getByRole('dialog').getByLabel(/压实属地管理责任/).uncheck()
    await this.isAccessible('report desk: a changed Word')
    await this.shot('desk-returned')
    await this.page.getByRole('button', { name: '采纳这些文字' }).click()
    await this.page.waitForSelector('dialog', { state: 'detached' })
    await this.says('.paper-body', '健全社会救助体系')
    const text = await this.page.locator('.paper').innerText()
    this.checks.that('report desk: what was not chosen stays', text.includes('落实属地管理责任') && !text.includes('压实属地'))
    rmSync(folder, { recursive: true })
  }

  // A sealed edition and the draft begun after it: the dialog tells what the program found, and is left by Esc.
  async comparesEditions() {
    const sealed = (await this.get(`/reports/annual?period=${this.period}`)).edition
    await this.page.getByRole('button', { name: '再起一稿' }).click()
    await this.says('.side', '草稿')
    const { edition } = (await this.get(`/reports/annual/editions?period=${this.period}`))[0]
    const found = await this.get(`/editions/${edition}/changes?since=${sealed}`)
    await this.page.getByRole('button', { name: '比对别的稿' }).click()
    await this.says('dialog', found.same ? '一字不差' : found.figures.length ? '数字不一样的' : '文字不一样的')
    const shown = await this.page.locator('dialog .changes li').count()
    this.checks.same('report desk: changes shown', shown, found.figures.length + found.sentences.length)
    this.checks.that('report desk: what was let pass is told', found.figures.length > 0, found)
    await this.isAccessible('report desk: two editions')
    await this.shot('desk-editions')
    await this.page.keyboard.press('Escape')
    await this.page.waitForSelector('dialog', { state: 'detached' })
  }

  // Next year's report begun with the paragraphs of this year's: prose as it was written, figures of the new year.
  async beginsFromLastYear() {
    await this.go(`/report?period=${Number(this.period) + 1}`)
    await this.says('.side', '草稿')
    this.checks.same('report desk: next year has the passages', await this.page.getByText(kWords).count(), 0)
    await this.page.getByRole('button', { name: '编写' }).click()
    await this.page.getByRole('button', { name: `照${this.period}年的稿写` }).click()
    await this.says('.paper', kWords)
    await this.says('.paper', `${Number(this.period) + 1}年`)
    await this.isAccessible('report desk: from last year')
  }

  // What is open is let pass with a reason each; then nothing can be written any more, and it verifies.
  async seals() {
    await this.page.getByRole('button', { name: '定稿', exact: true }).click()
    for (const reason of await this.page.locator('dialog .waiver input').all()) await reason.fill('在核')
    await this.isAccessible('report desk: signing')
    await this.shot('desk-seal')
    await this.page.getByRole('button', { name: '签发定稿' }).click()
    await this.says('.side', '已定稿')
    this.checks.same('sealed: nothing to write', await this.page.getByRole('button', { name: '编写' }).count(), 0)
    await this.page.getByRole('button', { name: '校验' }).click()
    await this.says('.notice', '校验无误')
    await this.isAccessible('report desk: sealed')
    await this.shot('desk-sealed')
  }
}
