// A town in a folder of its own, made by the program's own verbs and served on a free port of 127.0.0.1.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// The books of a town: those of ZHENWU_BOOKS, of the repository, else those shared with this checkout. Null: there are none.
export function booksFolder(root) {
  const folders = [
    process.env.ZHENWU_BOOKS ?? '',
    join(root, 'examples/town'),
    join(root, '../shared/data/town'),
  ].filter(Boolean)
  return folders.find((folder) => existsSync(join(folder, 'settings.json'))) ?? null
}

export class Town {
  constructor(program, books) {
    this.program = program
    this.books = books
    this.home = mkdtempSync(join(tmpdir(), 'zhenwu-e2e-'))
    this.folder = join(this.home, 'town')
    this.server = null
  }

  // Exit 1 is an answer (findings), 2 and 3 are not.
  run(...words) {
    const done = spawnSync(this.program, words, { encoding: 'utf8', maxBuffer: 1 << 28 })
    if (done.error || done.status > 1 || done.status === null) {
      throw new Error(`zhenwu ${words.join(' ')}: exit ${done.status}\n${done.stderr}`)
    }
    return done.stdout
  }

  make() {
    this.run('init', this.folder, '--from', join(this.books, 'settings.json'))
  }

  // Books sent in later are called 补报…: `late` asks for those alone, otherwise for all but them.
  files(late) {
    return readdirSync(this.books)
      .filter((name) => /\.(xlsx|xls|csv)$/.test(name) && name.startsWith('补报') === late)
      .map((name) => join(this.books, name))
  }

  hasSupplement() {
    return this.files(true).length > 0
  }

  import(late) {
    const files = this.files(late)
    if (files.length) this.run('import', this.folder, ...files, '--yes')
  }

  // A user of the role, and the password that works once.
  invite(login, role, ...scope) {
    const words = [login, '--role', role, ...scope, '--why', '试用', '--json']
    const said = this.run('user', 'add', this.folder, ...words)
    return JSON.parse(said).one_time_password
  }

  // The page's address, once the program says that it listens.
  serve() {
    return new Promise((resolve, reject) => {
      const server = spawn(this.program, ['serve', this.folder, '--listen', '127.0.0.1:0'])
      this.server = server
      let said = ''
      const listen = (text) => {
        said += text
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
        if (address) resolve(address[0])
      }
      server.stdout.on('data', listen)
      server.stderr.on('data', (text) => (said += text))
      server.on('error', reject)
      server.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)))
    })
  }

  async stop() {
    const server = this.server
    if (!server || server.exitCode !== null) return
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    this.server = null
  }

  async remove() {
    await this.stop()
    rmSync(this.home, { recursive: true, force: true })
  }
}
