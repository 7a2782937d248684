// Lint step: fails when a file of the workspace imports what the design's arrows do not allow.
import { fileURLToPath } from 'node:url'
import { cruiseWorkspace } from '../dependencies/cruise.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '')
const { violations, modules } = await cruiseWorkspace(root)

for (const { rule, from, to, comment } of violations) {
  console.error(`${from} → ${to}\n  ${rule}: ${comment}`)
}
console.log(`${modules} modules, ${violations.length} forbidden imports`)
process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0
