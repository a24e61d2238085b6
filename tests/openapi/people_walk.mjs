// The first start, users and sessions. Gives the leader and the office, signed in.
import { kEast } from './town.mjs'

const kPassword = 'qing-shi-zhen-2023'

export async function people(newCaller) {
  const leader = newCaller()
  await leader.told('session')
  await leader.told('description')
  await leader.enters('firstStart', {
    login: 'leader',
    name: '李镇长',
    password: kPassword,
  })
  await newCaller().refused('firstStart', 'users_there', {
    body: { login: 'second', name: '某人', password: kPassword },
  })
  await leader.told('session')

  const made = await leader.told('addUser', {
    key: 'office',
    body: {
      login: 'office',
      name: '综合办小王',
      role: 'office',
      lines: [],
      places: [],
      why: '到任',
    },
  })
  await leader.refused('addUser', 'bad_user', {
    key: 'nobody',
    body: { login: 'nobody', name: '某人', role: 'king' },
  })
  const clerk = {
    login: 'clerk',
    name: '东村文书',
    role: 'village_clerk',
    places: [kEast],
    why: '到任',
  }
  const { id } = await leader.told('addUser', { key: 'clerk', body: clerk })
  await leader.told('changeUser', {
    path: { id },
    body: { places: [kEast, 'itself'], why: '兼管镇本级' },
  })
  await leader.refused('changeUser', 'not_found', {
    path: { id: '999' },
    body: { why: '没有这个人' },
  })
  await leader.told('resetPassword', { path: { id }, body: { why: '忘了' } })
  await leader.told('users')

  await newCaller().refused('signIn', 'login_failed', {
    body: { login: 'office', password: '不对的口令' },
  })
  const office = newCaller()
  await office.enters('signIn', {
    login: 'office',
    password: made.one_time_password,
  })
  await office.refused('town', 'password_first')
  await office.enters('changePassword', {
    old: made.one_time_password,
    new: kPassword,
  })
  await office.refused('users', 'forbidden')
  const again = newCaller()
  await again.enters('signIn', { login: 'office', password: kPassword })
  const other = (await office.told('sessions')).find((one) => !one.own)
  await leader.told('sessions', { query: { user: 'all' } })
  await office.told('endSession', { path: { id: other.id } })
  await office.refused('endSession', 'not_found', { path: { id: other.id } })
  return { leader, office }
}

export async function leaves(caller) {
  await caller.told('signOut')
  await caller.refused('signOut', 'login_first')
}
