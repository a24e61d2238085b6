// A form of others: laid in, bound, filled, kept, taken away.
import { kPeriod } from './town.mjs'

export async function forms(office, xlsx) {
  const { id } = await office.told('putForm', { path: { form: '蔬菜报表' }, bytes: xlsx })
  const path = { id }
  await office.refused('putForm', 'document_damaged', { path: { form: '坏的' }, bytes: Buffer.from('x') })
  await office.told('forms')
  const { sheets, version } = await office.told('form', { path })
  const sheet = sheets[0].name
  const bindings = [
    { sheet, cell: 'B9', kind: 'figure', what: 'vegetable_output_t' },
    { sheet, cell: 'A8', kind: 'text', what: '{{period}}' },
    { sheet, cell: 'A12', kind: 'list', what: 'vegetable_return', fields: ['place', 'year'], filter: '', room: 9 },
  ]
  const wrong = [{ sheet, cell: 'B9', kind: 'figure', what: 'no_such_figure' }]
  await office.told('checkForm', { path, body: { bindings: wrong } })
  await office.told('bindForm', { path, version, body: { bindings } })
  await office.refused('bindForm', 'stale_version', { path, version, body: { bindings } })
  const query = { period: kPeriod }
  await office.told('form', { path })
  await office.told('filledForm', { path, query })
  await office.get('formFile', { path, query })
  const kept = await office.told('keepForm', { path, key: 'kept', body: { period: kPeriod, why: '报县农业农村局' } })
  const again = await office.told('keepForm', { path, key: 'kept', body: { period: kPeriod, why: '报县农业农村局' } })
  const filings = await office.told('filings', { path })
  office.checks.that('under the same key it is kept once', again.id === kept.id && filings.length === 1)
  await office.told('filing', { path: { id: kept.id } })
  const file = await office.get('filingFile', { path: { id: kept.id } })
  office.checks.that('what was kept is a workbook', file.bytes.subarray(0, 2).toString() === 'PK')
  await office.refused('form', 'not_found', { path: { id: '999' } })
  await office.told('removeForm', { path, body: { why: '不再报' } })
}
