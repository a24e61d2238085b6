// One form as it is worked on: what its cells are bound to, what they hold for the period, every change taken back.
import { computed, shallowRef, watch, type Ref } from 'vue'
import { ApiProblem } from '@/api/client'
import { formsApi, type Filing, type Form, type FormBinding, type FormFill } from '@/api/forms'
import { useLoad } from '@/composables/useLoad'
import { useKey } from '@/composables/useKey'
import { useSubmit } from '@/composables/useSubmit'

const kStepsBack = 50

export const sameCell = (one: { sheet: string; cell: string }, other: { sheet: string; cell: string }) =>
  one.sheet === other.sheet && one.cell === other.cell

export function useForm(id: string, period: Ref<string>) {
  const form = useLoad<Form>()
  const fill = useLoad<FormFill>()
  const filings = useLoad<Filing[]>()
  const { busy, error, submit } = useSubmit()
  const { once } = useKey()
  const before = shallowRef<FormBinding[][]>([])

  const reload = () => form.load(() => formsApi.one(id))
  const refill = () => fill.load(() => formsApi.filled(id, period.value))
  const refile = () => filings.load(() => formsApi.filings(id))
  async function open() {
    await Promise.all([reload(), refill(), refile()])
  }
  watch(period, refill)

  const bindings = computed(() => form.value.value?.bindings ?? [])

  async function write(wanted: FormBinding[]): Promise<boolean> {
    const now = form.value.value
    if (!now) return false
    const done = await submit(async () => {
      try {
        await formsApi.bind(id, now.version, wanted)
      } catch (problem) {
        // Somebody else was quicker: theirs is shown, this is done once more by hand.
        if (problem instanceof ApiProblem && problem.code === 'stale_version') await reload()
        throw problem
      }
    })
    if (done) {
      await reload()
      void refill()
    }
    return done
  }
  // `changed` come in place of whatever their cells were bound to.
  async function bind(changed: FormBinding[]): Promise<boolean> {
    return change([
      ...bindings.value.filter((one) => !changed.some((other) => sameCell(one, other))),
      ...changed,
    ])
  }
  async function unbind(cells: { sheet: string; cell: string }[]): Promise<boolean> {
    const left = bindings.value.filter((one) => !cells.some((other) => sameCell(one, other)))
    return left.length === bindings.value.length ? false : change(left)
  }
  async function change(wanted: FormBinding[]): Promise<boolean> {
    const old = bindings.value
    const done = await write(wanted)
    if (done) before.value = [...before.value.slice(1 - kStepsBack), old]
    return done
  }
  async function undo(): Promise<void> {
    const last = before.value.at(-1)
    if (last && (await write(last))) before.value = before.value.slice(0, -1)
  }
  async function keep(why: string): Promise<boolean> {
    const done = await submit(() =>
      once([period.value, why], (key) => formsApi.keep(id, period.value, why, key)),
    )
    if (done) await refile()
    return done
  }
  const remove = (why: string) => submit(() => formsApi.remove(id, why))
  const replace = async (name: string, file: File) => {
    if (await submit(() => formsApi.put(name, file))) await open()
  }
  return {
    form,
    fill,
    filings,
    bindings,
    busy,
    error,
    steps: computed(() => before.value.length),
    open,
    bind,
    unbind,
    undo,
    keep,
    remove,
    replace,
  }
}
