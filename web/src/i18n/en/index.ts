import common from './common'
import settings from './settings'
import setup from './setup'

export default { common, settings, setup }
