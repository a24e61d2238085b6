// Who is signed in and what they may do; asked once, refreshed by signing in and out.
import { computed, shallowRef } from 'vue'
import { accounts } from '@/api/accounts'
import { api, onSignedOut, useCsrf } from '@/api/client'
import type { Rights, Session } from '@/api/types'

const kNothing: Rights = {
  write: false,
  import: false,
  users: false,
  report: false,
  seal: false,
  adopt: false,
  reveal: false,
  settings: false,
}
const session = shallowRef<Session | null>(null)
let asked: Promise<void> | null = null

// The session ended while somebody was at work: what waits for a new one.
const expired = shallowRef(false)
let waiting: { done: () => void }[] = []

function take(answer: Session) {
  const before = session.value?.user
  // What the page holds in memory was told to somebody else.
  if (before && answer.user && before.id !== answer.user.id) {
    location.reload()
    return
  }
  session.value = answer
  useCsrf(answer.csrf)
  if (answer.user && !answer.user.must_change) {
    expired.value = false
    waiting.forEach((one) => one.done())
    waiting = []
  }
}

async function refresh(): Promise<void> {
  take(await api.session())
}

async function login(name: string, password: string): Promise<void> {
  useCsrf(null)
  take(await accounts.signIn(name, password))
}

async function logout(): Promise<void> {
  await accounts.signOut()
  // Nothing of what was read stays in memory.
  location.assign('/')
}

onSignedOut(() => {
  // Nobody was signed in here yet: the page asks for it as a whole.
  if (!session.value?.user) return refresh().then(() => false)
  expired.value = true
  return new Promise((done) => waiting.push({ done: () => done(true) }))
})

const user = computed(() => session.value?.user ?? null)
const may = computed(() => session.value?.may ?? kNothing)
const csrf = computed(() => session.value?.csrf ?? null)
const setup = computed(() => session.value?.setup ?? null)
const firstStart = computed(() => session.value?.first_start ?? false)

export function useSession() {
  asked ??= refresh()
  return { user, may, csrf, setup, firstStart, expired, ready: asked, refresh, login, logout, take }
}
