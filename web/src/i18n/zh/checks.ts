// 核数: figures of the report confirmed or disputed, line by line.
export default {
  title: '核数',
  count: '已核 {done}/{all}',
  disputed: '有疑问',
  confirmAll: '这 {count} 个数都对',
  confirm: '对',
  dispute: '有疑问',
  word: '哪里不对',
  send: '提出疑问',
  state: {
    confirmed: '已核',
    disputed: '有疑问：{word}',
    changed: '数已变，原来是 {was}，请再核',
  },
  sealOpen: '还有 {count} 个数没有人核对。',
  sealDisputed: '对 {figures} 有人提出疑问，请先问清。',
}
