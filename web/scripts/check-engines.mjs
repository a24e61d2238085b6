// Every package of package-lock.json must run on the Node of a bare Debian 12. npm only warns where "engines" says otherwise,
// and the warning is lost in a build; this fails. Exit 1 names each package that is out of range.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import semver from 'semver'

export const kDebianNode = '18.20.4'

// The packages of a lock file (version 2 or 3) whose "engines" exclude `node`, as `path version: range`.
export function outOfRange(lock, node = kDebianNode) {
  return Object.entries(lock.packages)
    .filter(([, one]) => one.engines?.node && !semver.satisfies(node, one.engines.node))
    .map(([path, one]) => `${path || lock.name} ${one.version}: ${one.engines.node}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  const wrong = outOfRange(JSON.parse(readFileSync(path, 'utf8')))
  for (const line of wrong) console.error(`does not run on Node ${kDebianNode}: ${line}`)
  process.exit(wrong.length ? 1 : 0)
}
