import checks from './checks'
import common from './common'
import settings from './settings'
import setup from './setup'

export default { checks, common, settings, setup }
