import common from './common'
import ledgers from './ledgers'
import returns from './returns'

export default { common, ledgers, returns }
