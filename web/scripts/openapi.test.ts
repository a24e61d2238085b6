import { describe, expect, it } from 'vitest'
import { assemble, fromFiles, objectOf, typeOf } from './openapi.mjs'

const house = { rooms: 'Room[]', 'owner?': 'string | null; who has it' }
const room = { '': 'A room.', floor: 'integer', kind: 'kitchen | hall' }

describe('a type as it is written', () => {
  it('becomes JSON Schema', () => {
    expect(typeOf('string')).toEqual({ type: 'string' })
    expect(typeOf('integer | null')).toEqual({ type: ['integer', 'null'] })
    expect(typeOf('Room')).toEqual({ $ref: '#/components/schemas/Room' })
    expect(typeOf('Room | null')).toEqual({
      anyOf: [{ $ref: '#/components/schemas/Room' }, { type: 'null' }],
    })
    expect(typeOf('Room[]')).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Room' } })
    expect(typeOf('kitchen | hall | null')).toEqual({
      type: ['string', 'null'],
      enum: ['kitchen', 'hall', null],
    })
  })

  it('is refused where it is several', () => {
    expect(() => typeOf('string | Room')).toThrow('one type only')
    expect(() => typeOf('room[]')).toThrow('no type: room')
  })
})

describe('an object', () => {
  it('is closed, and has all that may not be missing', () => {
    expect(objectOf('House', { House: house })).toEqual({
      type: 'object',
      properties: {
        rooms: { type: 'array', items: { $ref: '#/components/schemas/Room' } },
        owner: { type: ['string', 'null'], description: 'who has it' },
      },
      required: ['rooms'],
      additionalProperties: false,
    })
  })

  it('takes over what it is like', () => {
    const built = objectOf('Castle', { House: house, Castle: { like: 'House', towers: 'integer' } })
    expect(Object.keys(built.properties)).toEqual(['rooms', 'owner', 'towers'])
    expect(built.required).toEqual(['rooms', 'towers'])
  })

  it('is refused where it is like itself, like nothing, or says a member twice', () => {
    expect(() => objectOf('A', { A: { like: 'B' }, B: { like: 'A' } })).toThrow('ring: A → B → A')
    expect(() => objectOf('A', { A: { like: 'B' } })).toThrow('no schema')
    expect(() => objectOf('A', { A: { like: 'B', floor: 'integer' }, B: room })).toThrow('floor stands twice')
  })
})

describe('the document', () => {
  const frame = () => ({
    openapi: '3.1.0',
    info: {},
    components: {},
    headers: {},
    parameters: { 'X-CSRF-Token': { in: 'header' }, house: { in: 'path' } },
  })
  const paths = (more = {}) => ({
    '/houses/{house}': { post: { operationId: 'build', sends: 'House', answers: { 201: 'House' }, ...more } },
  })
  const whole = (piece: object) => assemble(frame(), [{ tag: 'houses', ...piece }], '1')

  it('gives every operation its path, its token and a problem', () => {
    const document = whole({ paths: paths(), schemas: { House: house, Room: room } })
    const { post } = document.paths['/houses/{house}']
    expect(post.parameters).toEqual([
      { name: 'house', in: 'path', required: true },
      { name: 'X-CSRF-Token', in: 'header' },
    ])
    expect(post.responses.default).toEqual({ $ref: '#/components/responses/Problem' })
    expect(post.requestBody.required).toBe(true)
    expect(document.components.schemas.Room.description).toBe('A room.')
  })

  it('is refused where something is not there, not used or misspelt', () => {
    const schemas = { House: house, Room: room }
    expect(() => whole({ paths: paths(), schemas: { House: house } })).toThrow('not there [Room]')
    expect(() => whole({ paths: paths(), schemas: { ...schemas, Barn: room } })).toThrow('not used [Barn]')
    expect(() => whole({ paths: paths({ asks: ['colour'] }), schemas })).toThrow('no parameter colour')
    expect(() => whole({ paths: paths({ answer: {} }), schemas })).toThrow('post /houses/{house}: answer')
    const two = [paths(), paths()].map((one) => ({ tag: 'houses', paths: one }))
    expect(() => assemble(frame(), [{ ...two[0], schemas }, two[1]], '1')).toThrow('stands twice')
  })

  it('is put together from the pieces', () => {
    const document = fromFiles()
    expect(document.openapi).toBe('3.1.0')
    expect(document.paths['/api/v1/records/{record}'].post.operationId).toBe('create')
    for (const schema of Object.values<{ properties?: object; additionalProperties?: unknown }>(
      document.components.schemas,
    )) {
      if (schema.properties) expect(schema.additionalProperties).toBe(false)
    }
  })
})
