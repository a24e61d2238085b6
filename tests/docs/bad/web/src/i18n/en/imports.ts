export default { run: 'Import (new {added})' }
