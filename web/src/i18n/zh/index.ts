import account from './account'
import checks from './checks'
import common from './common'
import figures from './figures'
import forms from './forms'
import home from './home'
import imports from './imports'
import ledgers from './ledgers'
import report from './report'
import returns from './returns'
import settings from './settings'
import setup from './setup'
import users from './users'
import wording from './wording'

export default {
  account,
  checks,
  common,
  figures,
  forms,
  home,
  imports,
  ledgers,
  report,
  returns,
  settings,
  setup,
  users,
  wording,
}
