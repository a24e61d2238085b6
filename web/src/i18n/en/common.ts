export default {
  brand: 'Zhenwu',
  skip: 'Skip to the text',
  opening: 'Opening…',
  mainNavigation: 'Main navigation',
  makeAccount: 'Make an account',
  offline: 'Zhenwu does not answer: please see that the office machine is on and the program runs',
  failed: 'Something failed ({status})',
  page: {
    report: 'Report',
    figures: 'Figures',
    returns: 'Returns',
    ledgers: 'Ledgers',
    imports: 'Import',
    users: 'Users',
    mine: 'My returns',
  },
  switchTo: '中文',
}
