import checks from './checks'
import common from './common'
import imports from './imports'
import ledgers from './ledgers'
import returns from './returns'
import settings from './settings'
import setup from './setup'

export default { checks, common, imports, ledgers, returns, settings, setup }
