import account from './account'
import common from './common'
import figures from './figures'
import home from './home'
import report from './report'
import users from './users'
import wording from './wording'

export default { account, common, figures, home, report, users, wording }
