import type { VillageEntry } from '@/api/town'
import { describe, expect, it } from 'vitest'
import { draftFault, emptyDraft, fromFile, fromList, toSettings } from '@/features/setup/townDraft'
import { changedValues, changedVillages, firstFreeCode } from './changes'

const village = (code: string, name: string): VillageEntry => ({ code, name, groups: 3, aliases: ['x'] })

describe('changes of settings', () => {
  it('sends only what differs, and null for what was taken away', () => {
    const standing = [village('621099102200', 'A'), { ...village('621099102201', 'B'), to: '2022-06-30' }]
    expect(changedVillages(standing, structuredClone(standing))).toEqual([])
    const [a, b] = structuredClone(standing)
    a!.name = 'C'
    b!.to = ''
    expect(changedVillages(standing, [a!, b!])).toEqual([
      { code: '621099102200', name: 'C', groups: 3, aliases: ['x'] },
      { code: '621099102201', name: 'B', groups: 3, aliases: ['x'], to: null },
    ])
    const entry = { key: 'k', name: '', type: 'text' as const, help: '', dated: false, value: 'old' }
    expect(changedValues([entry], { k: 'old' })).toEqual({})
    expect(changedValues([entry], { k: ' new ' })).toEqual({ k: 'new' })
  })

  it('never sends what is only told', () => {
    const standing = {
      ...village('621099102200', 'A'),
      former: [{ name: 'Z', code: '1', until: '2020-12-31' }],
    }
    const [sent] = changedVillages([standing], [{ ...standing, groups: 4 }])
    expect(sent).not.toHaveProperty('former')
  })

  it('gives the next free code of the town', () => {
    expect(firstFreeCode('621099102000', [])).toBe('621099102200')
    expect(firstFreeCode('621099102000', [village('621099102207', 'A'), village('621099103300', 'B')])).toBe(
      '621099102208',
    )
  })
})

describe('a town about to be made', () => {
  const county = { code: '621099', name: 'county' }
  const town = { code: '621099102', name: 'town' }

  it('comes from the list as settings.json has it', () => {
    const draft = fromList(county, town, [{ code: '621099102200', name: 'A' }])
    expect(draftFault(draft)).toBe('')
    expect(toSettings(draft)).toEqual({
      town: { code: '621099102000', name: 'town' },
      county: { code: '621099000000', name: 'county' },
      villages: [{ code: '621099102200', name: 'A', groups: 0, aliases: [] }],
    })
  })

  it('takes lines of names, with code and groups where they stand', () => {
    const draft = fromFile('\ufeffA\nB，4\n621099102305,C,2\n\n', fromList(county, town, []))
    expect(draft.villages.map((one) => [one.code, one.name, one.groups])).toEqual([
      ['621099102200', 'A', 0],
      ['621099102201', 'B', 4],
      ['621099102305', 'C', 2],
    ])
    expect(() => fromFile('\n', emptyDraft())).toThrow()
  })

  it('takes a settings.json whole and says what is wrong with a broken one', () => {
    const text = JSON.stringify({ town, villages: [{ code: '621099102200', name: 'A' }], slogan: 'x' })
    expect(toSettings(fromFile(text, emptyDraft()))).toMatchObject({ slogan: 'x', town: { name: 'town' } })
    expect(() => fromFile('{"town":', emptyDraft())).toThrow('settings.json')
    expect(() => fromFile('{}', emptyDraft())).toThrow('town')
  })

  it('sees a code that stands twice, a village without a name', () => {
    const one = { code: '621099102200', name: 'A' }
    expect(draftFault(fromList(county, town, [one, one]))).toContain('621099102200')
    expect(draftFault(fromList(county, town, [{ ...one, name: '' }]))).toContain('621099102200')
    expect(draftFault(emptyDraft())).not.toBe('')
  })
})
