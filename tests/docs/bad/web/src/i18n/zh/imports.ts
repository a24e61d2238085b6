export default { run: '导入（新增 {added}）' }
