export default {
  notFound: '没有这个页面',
  mistyped: '地址可能写错了。',
  toReport: '回到报告',
}
