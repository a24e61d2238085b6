// The import desk: a file with a row that is refused and a column that is asked about.
import { setTimeout } from 'node:timers/promises'

const kName = '蔬菜种植情况统计表.csv'
const kSheet =
  '村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）,某某数\n东村,2022,100,300,7\n西村,2022,约20,60,8\n'
// Long enough that it is still being read when it is given up.
const kLong = kSheet + '东村,2021,100,300,7\n'.repeat(6000)

async function settled(office, path) {
  for (;;) {
    const tray = await office.told('tray', { path })
    if (tray.state !== 'waiting' && tray.state !== 'working') return tray
    await setTimeout(50)
  }
}

async function givenUp(office) {
  const { id: tray } = await office.told('openTray')
  await office.told('layFile', {
    path: { tray, name: kName },
    bytes: Buffer.from(kLong),
  })
  await office.told('look', { path: { tray }, body: { take_proposals: true } })
  await office.refused('closeTray', 'tray_busy', { path: { tray } })
  await office.told('cancel', { path: { tray } })
  const { problem } = await settled(office, { tray })
  office.checks.that('what was given up says so', problem?.code === 'cancelled', problem)
  await office.told('closeTray', { path: { tray } })
}

async function refusals(office, leader, tray) {
  const none = { tray: 'ab', name: 'x.csv' }
  await leader.refused('openTray', 'forbidden')
  await office.refused('tray', 'not_found', { path: none })
  await office.refused('layFile', 'not_found', {
    path: none,
    bytes: Buffer.from('1'),
  })
  await office.refused('removeFile', 'not_found', { path: none })
  await office.refused('decide', 'bad_request', { path: { tray }, body: {} })
  await office.refused('mend', 'bad_request', { path: { tray }, body: {} })
  await office.refused('look', 'not_found', { path: none })
  await office.refused('run', 'not_found', { path: none })
  await office.refused('cancel', 'not_found', { path: none })
  await office.refused('rejects', 'not_found', {
    path: { tray, name: 'x.csv' },
  })
  await leader.refused('batches', 'forbidden')
}

export async function imports({ leader, office }) {
  const { id: tray } = await office.told('openTray')
  const path = { tray }
  const file = { tray, name: kName }
  await office.told('layFile', { path: file, bytes: Buffer.from('一\n') })
  await office.told('removeFile', { path: file })
  await office.told('layFile', { path: file, bytes: Buffer.from(kSheet) })
  await refusals(office, leader, tray)
  await office.told('look', { path, body: {} })
  const looked = await settled(office, path)
  const [{ sheet, table, record }] = looked.result.proposals
  await office.told('decide', {
    path,
    body: { file: kName, sheet, table, record, columns: { 某某数: '' } },
  })
  const mend = { file: kName, sheet, row: 2, column: 'C', value: '110' }
  await office.told('mend', { path, body: mend })
  await office.told('run', { path, body: { why: '年报' } })
  const done = await settled(office, path)
  office.checks.that('the import was done', done.state === 'done' && done.result.batch !== null, done)
  await office.get('rejects', { path: file })
  await office.told('batches')
  await givenUp(office)
}
