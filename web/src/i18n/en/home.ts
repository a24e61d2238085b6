export default {
  notFound: 'There is no such page',
  mistyped: 'The address may be mistyped. ',
  toReport: 'Back to the report',
}
