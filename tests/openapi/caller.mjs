// Somebody who asks the program, with a session's cookie and its token as the page keeps them. Every answer is held against the
// description.
import { request as plainRequest } from 'node:http'
import { spoilt } from './description.mjs'

// What was asked of every operation, by all callers together.
export class Asked {
  constructor() {
    this.answered = new Set()
    this.refused = new Set()
  }
}

export class Caller {
  // `fault`: drop or add, one member of every answer, before it is looked at.
  constructor({ origin, description, checks, asked, fault }) {
    Object.assign(this, { origin, description, checks, asked, fault })
    this.cookie = null
    this.csrf = null
  }

  address({ path }, ask) {
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(ask.path?.[name] ?? '1'))
    const query = new URLSearchParams(ask.query ?? {}).toString()
    return `${this.origin}${filled}${query && `?${query}`}`
  }

  async fetch(id, ask) {
    const operation = this.description.operation(id)
    const headers = { ...ask.headers }
    if (this.cookie) headers.Cookie = this.cookie
    if (this.csrf && operation.method !== 'GET') headers['X-CSRF-Token'] = this.csrf
    if (ask.version) headers['If-Match'] = `"${ask.version}"`
    if (ask.key) headers['Idempotency-Key'] = ask.key
    if (ask.bytes) headers['Content-Type'] = 'application/octet-stream'
    if (ask.body !== undefined) headers['Content-Type'] = 'application/json'
    const response = await fetch(this.address(operation, ask), {
      method: operation.method,
      headers,
      body: ask.bytes ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body)),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const type = response.status === 204 ? '' : (response.headers.get('content-type') ?? '')
    const body = type.includes('json') ? JSON.parse(bytes.toString('utf8')) : null
    return {
      status: response.status,
      type,
      headers: response.headers,
      body,
      bytes,
    }
  }

  // The answer, which is one of the status `wanted` and as described.
  async hold(id, ask, wanted) {
    const answer = await this.fetch(id, ask)
    this.checks.that(`${id}: status`, wanted(answer), {
      status: answer.status,
      body: answer.body,
      ask,
    })
    const fault = this.description.answerFault(id, spoilt(answer, this.fault))
    this.checks.that(`${id}: as described (${answer.status})`, !fault, fault)
    return answer
  }

  async get(id, ask = {}) {
    const wrong = this.description.requestFault(id, ask)
    this.checks.that(`${id}: asked as described`, !wrong, wrong)
    const answer = await this.hold(id, ask, ({ status }) => status >= 200 && status < 300)
    if (answer.status >= 300) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`)
    this.asked.answered.add(id)
    // The document itself is of any members.
    const spots = answer.body === null || id === 'description' ? [] : this.description.blindSpots(id, answer)
    this.checks.that(`${id}: a fault would be found`, !spots.length, spots.slice(0, 3))
    return answer
  }

  async told(id, ask = {}) {
    return (await this.get(id, ask)).body
  }

  async refused(id, code, ask = {}) {
    const answer = await this.hold(id, ask, ({ status, body }) => status >= 400 && body?.code === code)
    this.asked.refused.add(id)
    return answer.body
  }

  // Under a name that is not the program's: fetch sends none but its own.
  async underAnotherName(id) {
    const operation = this.description.operation(id)
    const answer = await new Promise((resolve, reject) => {
      const options = {
        method: operation.method,
        headers: { Host: 'elsewhere.example' },
      }
      const sent = plainRequest(this.address(operation, {}), options, (response) => {
        let text = ''
        response.on('data', (part) => (text += part))
        response.on('end', () => {
          const type = response.headers['content-type'] ?? ''
          resolve({
            status: response.statusCode,
            type,
            headers: new Map(),
            body: JSON.parse(text),
          })
        })
      })
      sent.on('error', reject)
      sent.end()
    })
    this.checks.that(`${id}: wrong_host`, answer.body.code === 'wrong_host', answer.body)
    const fault = this.description.answerFault(id, spoilt(answer, this.fault))
    this.checks.that(`${id}: as described (${answer.status})`, !fault, fault)
    this.asked.refused.add(id)
  }

  // Takes the session that an answer begins.
  async enters(id, body) {
    const answer = await this.get(id, { body })
    this.cookie = answer.headers.get('set-cookie').split(';')[0]
    this.csrf = answer.body.csrf
    return answer.body
  }
}
