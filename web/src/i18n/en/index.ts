import common from './common'
import imports from './imports'
import ledgers from './ledgers'
import returns from './returns'

export default { common, imports, ledgers, returns }
