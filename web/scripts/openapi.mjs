// The description of the program's interface (OpenAPI 3.1) from its pieces, openapi/*.yaml:
//   node scripts/openapi.mjs types   src/api/schema.d.ts, what the page's types are made of
//   node scripts/openapi.mjs dist    dist/openapi.json, what the program gives at /api/openapi.json
//
// A piece has `tag`, `paths`, `parameters`, `scalars` (JSON Schema as it stands) and `schemas`. Of an operation
//   open      anybody may ask
//   asks      its parameters by name; those of the path and the token of what writes come by themselves
//   sends, may_send   the type of its body, or `bytes`
//   answers   status → type, `nothing`, or { is: type, headers }; a type may be a file's: docx, xlsx, html
// What is not among its answers is a problem. A schema is its members: name → type; an object has all of them and no
// other, but those whose name ends in `?` may be missing, `like` takes over another's, '' says what it is. A type is
// written as in TypeScript, what it means after a semicolon: `missing | zero`, `Id | null; of a batch`, `Row[]`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import yaml from 'js-yaml'

const kPrimitives = ['string', 'integer', 'boolean', 'object']
const kFiles = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
}
const kMethods = ['get', 'post', 'put', 'patch', 'delete']
const schemaRef = (name) => ({ $ref: `#/components/schemas/${name}` })

function oneType(word) {
  if (word.endsWith('[]')) return { type: 'array', items: oneType(word.slice(0, -2)) }
  if (kPrimitives.includes(word)) return { type: word }
  if (/^[A-Z]\w*$/.test(word)) return schemaRef(word)
  throw new Error(`no type: ${word}`)
}

// `missing | zero | null` → its JSON Schema.
export function typeOf(text) {
  const words = text.split('|').map((word) => word.trim())
  const some = words.filter((word) => word !== 'null')
  const orNull = some.length < words.length
  // Words that are no types are what the text may say.
  const isType = kPrimitives.includes(some[0]) || /^[A-Z]|\[\]$/.test(some[0])
  if (!isType) {
    return orNull ? { type: ['string', 'null'], enum: [...some, null] } : { type: 'string', enum: some }
  }
  if (some.length > 1) throw new Error(`one type only: ${text}`)
  const type = oneType(some[0])
  if (!orNull) return type
  return typeof type.type === 'string' && !type.items
    ? { type: [type.type, 'null'] }
    : { anyOf: [type, { type: 'null' }] }
}

function memberOf(written) {
  const end = written.indexOf(';')
  if (end < 0) return typeOf(written)
  const type = typeOf(written.slice(0, end))
  return { ...type, description: written.slice(end + 1).trim() }
}

// A schema's members, those of what it is like first.
export function objectOf(name, schemas, under = []) {
  const written = schemas[name]
  if (!written || under.includes(name))
    throw new Error(`no schema, or a ring: ${[...under, name].join(' → ')}`)
  const { like, '': description, ...members } = written
  const base = like ? objectOf(like, schemas, [...under, name]) : { properties: {}, required: [] }
  const properties = { ...base.properties }
  const required = [...base.required]
  for (const [key, type] of Object.entries(members)) {
    const member = key.replace(/\?$/, '')
    if (properties[member]) throw new Error(`${name}: ${member} stands twice`)
    properties[member] = memberOf(type)
    if (member === key) required.push(member)
  }
  return {
    type: 'object',
    ...(description && { description }),
    properties,
    required,
    additionalProperties: false,
  }
}

function contentOf(type) {
  const files = type.split('|').map((word) => kFiles[word.trim()])
  if (files.every(Boolean)) return Object.fromEntries(files.map((media) => [media, {}]))
  return { 'application/json': { schema: typeOf(type) } }
}

function answerOf(written, headers) {
  const { is, headers: named = [] } = typeof written === 'string' ? { is: written } : written
  const told = named.map((name) => {
    if (!headers[name]) throw new Error(`no header ${name}`)
    return [name, { description: headers[name], required: true, schema: { type: 'string' } }]
  })
  return {
    description: is,
    ...(told.length && { headers: Object.fromEntries(told) }),
    ...(is !== 'nothing' && { content: contentOf(is) }),
  }
}

function bodyOf({ sends, may_send: maySend }) {
  const type = sends ?? maySend
  if (!type) return {}
  const content =
    type === 'bytes' ? { 'application/octet-stream': {} } : { 'application/json': { schema: typeOf(type) } }
  return { requestBody: { required: !!sends, content } }
}

function parametersOf(path, method, operation, parameters) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1])
  names.push(...(operation.asks ?? []))
  // What is open is asked without a session, too: then there is no token.
  if (method !== 'get' && !operation.open) names.push('X-CSRF-Token')
  return names.map((name) => {
    const parameter = parameters[name]
    if (!parameter) throw new Error(`${method} ${path}: no parameter ${name}`)
    return { name, ...parameter, ...(parameter.in === 'path' && { required: true }) }
  })
}

const kWritten = ['operationId', 'summary', 'open', 'asks', 'sends', 'may_send', 'answers']

function operationOf(path, method, written, tag, shared) {
  const strange = Object.keys(written).filter((key) => !kWritten.includes(key))
  if (strange.length || !kMethods.includes(method)) throw new Error(`${method} ${path}: ${strange}`)
  const answers = Object.entries(written.answers).map(([status, one]) => [
    status,
    answerOf(one, shared.headers),
  ])
  return {
    operationId: written.operationId,
    summary: written.summary,
    tags: [tag],
    ...(written.open && { security: [] }),
    parameters: parametersOf(path, method, written, shared.parameters),
    ...bodyOf(written),
    responses: { ...Object.fromEntries(answers), default: { $ref: '#/components/responses/Problem' } },
  }
}

// Merged, nothing twice.
function together(pieces, part) {
  const all = {}
  for (const piece of pieces) {
    for (const [name, one] of Object.entries(piece[part] ?? {})) {
      if (all[name]) throw new Error(`${part}: ${name} stands twice`)
      all[name] = one
    }
  }
  return all
}

// What nothing refers to is not told; what nothing is like either is a fault.
function checkRefs(document, liked) {
  const known = document.components.schemas
  const ids = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map((one) => one.operationId),
  )
  if (new Set(ids).size < ids.length) throw new Error(`an operationId stands twice: ${ids.sort()}`)
  const met = new Set()
  JSON.stringify(document, (key, value) => {
    if (key === '$ref' && value.startsWith('#/components/schemas/')) met.add(value.split('/').pop())
    return value
  })
  const lost = [...met].filter((name) => !known[name])
  const unmet = Object.keys(known).filter((name) => !met.has(name))
  const idle = unmet.filter((name) => !liked.has(name))
  if (lost.length || idle.length) throw new Error(`schemas: not there [${lost}], not used [${idle}]`)
  for (const name of unmet) delete known[name]
}

// `frame`: document.yaml; `pieces`: the others; `version`: of the program.
export function assemble(frame, pieces, version) {
  const { openapi, info, servers, security, components, headers } = structuredClone(frame)
  const document = { openapi, info: { ...info, version }, servers, security, components }
  const all = [frame, ...pieces]
  const parameters = together(all, 'parameters')
  const objects = together(all, 'schemas')
  document.tags = pieces.map((piece) => ({ name: piece.tag }))
  document.paths = {}
  for (const piece of pieces) {
    for (const [path, item] of Object.entries(piece.paths)) {
      document.paths[path] ??= {}
      for (const [method, one] of Object.entries(item)) {
        if (document.paths[path][method]) throw new Error(`${method} ${path} stands twice`)
        document.paths[path][method] = operationOf(path, method, one, piece.tag, { parameters, headers })
      }
    }
  }
  const built = Object.fromEntries(Object.keys(objects).map((name) => [name, objectOf(name, objects)]))
  document.components.schemas = together([{ all: together(all, 'scalars') }, { all: built }], 'all')
  checkRefs(document, new Set(Object.values(objects).map((one) => one.like)))
  return document
}

const web = join(dirname(fileURLToPath(import.meta.url)), '..')
const at = (path) => join(web, path)
const read = (path) => readFileSync(at(path), 'utf8')

export function fromFiles() {
  const names = readdirSync(at('openapi')).filter(
    (name) => name.endsWith('.yaml') && name !== 'document.yaml',
  )
  const pieces = names.sort().map((name) => yaml.load(read(`openapi/${name}`)))
  return assemble(yaml.load(read('openapi/document.yaml')), pieces, JSON.parse(read('package.json')).version)
}

// Only where it says something else: make goes by the time of files.
function write(path, text) {
  try {
    if (readFileSync(path, 'utf8') === text) return
  } catch {
    mkdirSync(dirname(path), { recursive: true })
  }
  writeFileSync(path, text)
}

async function writeTypes(document) {
  const { default: openapiTS, astToString } = await import('openapi-typescript')
  const types = astToString(await openapiTS(document))
  write(
    at('src/api/schema.d.ts'),
    `// Made by scripts/openapi.mjs from openapi/*.yaml: change those.\n${types}`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , what] = process.argv
  const document = fromFiles()
  if (what === 'types') await writeTypes(document)
  else if (what === 'dist') write(at('dist/openapi.json'), JSON.stringify(document))
  else throw new Error('node scripts/openapi.mjs types | dist')
}
