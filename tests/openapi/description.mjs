// What the program says of itself (/api/openapi.json), and whether a request and its answer are as it says.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const kBase = 'zhenwu'
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

function withRefs(schema) {
  return JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === '$ref' ? value.replace('#/components/schemas/', `${kBase}#/$defs/`) : value,
    ),
  )
}

// Every object inside an answer, of lists the first two, with the way to it.
export function objectsIn(value, way = []) {
  if (Array.isArray(value)) return value.slice(0, 2).flatMap((one, i) => objectsIn(one, [...way, i]))
  if (!isObject(value)) return []
  return [way, ...Object.entries(value).flatMap(([key, one]) => objectsIn(one, [...way, key]))]
}

// A copy in which `change` has been done to the object at the end of `way`.
export function changed(value, way, change) {
  const copy = structuredClone(value)
  change(way.reduce((at, step) => at[step], copy))
  return copy
}

const drop = (name) => (object) => delete object[name]
const add = (value) => (object) => (object.never_described = value)

export class Description {
  constructor(root, document) {
    const require = createRequire(join(root, 'web/package.json'))
    const Ajv = require('ajv/dist/2020').default
    this.document = document
    // Schemas that an answer was held against.
    this.met = new Set()
    this.ajv = new Ajv({ allowUnionTypes: true, strictRequired: false })
    this.ajv.addKeyword({
      keyword: 'met',
      validate: (name) => !!this.met.add(name),
    })
    const defs = Object.entries(document.components.schemas).map(([name, schema]) => [
      name,
      { ...withRefs(schema), met: name },
    ])
    this.ajv.addSchema({ $id: kBase, $defs: Object.fromEntries(defs) })
    this.operations = new Map()
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, one] of Object.entries(item)) {
        this.operations.set(one.operationId, {
          path,
          method: method.toUpperCase(),
          ...one,
        })
      }
    }
    this.compiled = new Map()
  }

  operation(id) {
    const found = this.operations.get(id)
    if (!found) throw new Error(`no operation ${id}`)
    return found
  }

  holds(schema, value) {
    const key = JSON.stringify(schema)
    if (!this.compiled.has(key)) this.compiled.set(key, this.ajv.compile(withRefs(schema)))
    const check = this.compiled.get(key)
    return check(value) ? null : this.ajv.errorsText(check.errors)
  }

  // Null, or what a request has that is not described.
  requestFault(id, { query = {}, body }) {
    const { parameters, requestBody } = this.operation(id)
    const asked = parameters.filter((one) => one.in === 'query')
    for (const [name, value] of Object.entries(query)) {
      const known = asked.find((one) => one.name === name)
      const fault = known
        ? known.schema.type !== 'integer' && this.holds(known.schema, String(value))
        : asked.every((one) => one.schema.type !== 'object' || this.holds(one.schema, { [name]: value }))
      if (fault) return `query ${name}: ${fault}`
    }
    const lacks = asked.find((one) => one.required && !(one.name in query))
    if (lacks) return `query lacks ${lacks.name}`
    const schema = requestBody?.content['application/json']?.schema
    if (body === undefined) return requestBody?.required && schema ? 'no body' : null
    return schema ? this.holds(schema, body) : 'a body that is not described'
  }

  schemaOf(id, status, type) {
    const { responses } = this.operation(id)
    const described = responses[status] ?? (status >= 400 ? this.document.components.responses.Problem : null)
    if (!described) return { fault: `status ${status} is not described` }
    const kinds = Object.keys(described.content ?? {})
    const plain = (text) => text.split(';')[0]
    const kind = kinds.find((one) => plain(one) === plain(type))
    if (kinds.length ? !kind : type) return { fault: `type ${type} is not described` }
    return { described, schema: kind && described.content[kind].schema }
  }

  // Null, or what is not as described.
  answerFault(id, answer) {
    const { fault, described, schema } = this.schemaOf(id, answer.status, answer.type)
    if (fault) return fault
    const lost = Object.keys(described.headers ?? {}).find((name) => !answer.headers.get(name))
    if (lost) return `header ${lost} is missing`
    return schema ? this.holds(schema, answer.body) : null
  }

  // What could go wrong with a right answer without anybody being told: a member more, a member less.
  blindSpots(id, answer) {
    const { schema } = this.schemaOf(id, answer.status, answer.type)
    const passes = (change, way) => !this.holds(schema, changed(answer.body, way, change))
    return objectsIn(answer.body).flatMap((way) => {
      const object = way.reduce((at, step) => at[step], answer.body)
      const said = `${id} ${['', ...way].join('/')}`
      if (passes(add([[]]), way)) return [`${said}: any member may come`]
      // A map from names to texts has whatever members it has.
      if (passes(add('text'), way) || passes(add(null), way) || passes(add('month'), way)) return []
      const names = Object.keys(object)
      return names.length && names.every((name) => passes(drop(name), way)) ? [`${said}: any may go`] : []
    })
  }
}

// The answer as a program with that fault would give it.
export function spoilt(answer, fault) {
  const [way] = objectsIn(answer.body)
  if (!fault || !way) return answer
  const first = (object) => Object.keys(object)[0]
  const change = fault === 'drop' ? (object) => drop(first(object))(object) : add(1)
  return { ...answer, body: changed(answer.body, way, change) }
}
