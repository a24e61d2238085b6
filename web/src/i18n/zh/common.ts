// Words that several parts of the page share.
export default {
  brand: '镇务通',
  skip: '跳到正文',
  opening: '正在打开…',
  mainNavigation: '主导航',
  makeAccount: '建立账号',
  offline: '连不上镇务通，请确认办公室的主机开着、程序在运行',
  failed: '出错了（{status}）',
  and: '、',
  page: {
    report: '报告',
    figures: '指标',
    returns: '报送',
    ledgers: '台账',
    imports: '导入',
    users: '用户',
    settings: '设置',
    mine: '我的报送',
  },
  switchTo: 'English',
}
