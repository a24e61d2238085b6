// A program without a town makes one; what a town says about itself is changed.
import { kEast } from './town.mjs'

export async function setsUp(caller) {
  await caller.told('session')
  await caller.told('divisions')
  await caller.told('divisions', { query: { under: '62' } })
  await caller.refused('setup', 'bad_settings_file', { body: { villages: [] } })
  const town = { name: '试验镇', code: '621099101000' }
  const villages = [{ code: kEast, name: '东村', groups: 3 }]
  await caller.told('setup', { body: { town, villages } })
}

export async function settings(office) {
  const { version } = await office.told('settings')
  const villages = [{ code: kEast, name: '东新村', groups: 4, aliases: ['东头'], since: '2024-01-01' }]
  await office.told('changeSettings', { version, body: { values: { town_idea: '强菜扩牛' }, villages } })
  await office.told('settings')
  await office.refused('changeSettings', 'settings_changed', { version, body: { values: {} } })
}
