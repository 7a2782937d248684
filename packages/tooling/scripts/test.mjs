// `npm test`: installs what the tests need, runs every check and every suite, and ends with "N passed, N failed".
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { countPlaywright, countTasks, countVitest, total, unexplained } from './lib/count.mjs'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { turbo } from './lib/pnpm.mjs'
import { ensurePrograms } from './lib/programs.mjs'
import { run } from './lib/run.mjs'
import { table } from './lib/table.mjs'
import { packages, root } from './lib/workspace.mjs'

/** Where suites leave their results, below their package. */
const reports = [
  { file: 'test-results/vitest.json', count: countVitest, label: '' },
  { file: 'test-results/playwright.json', count: countPlaywright, label: ' (browser)' },
]
/** A guard against what never ends: a quiet machine with two cores takes half of it. */
const limitMs = 45 * 60_000
const summaries = join(root, '.turbo', 'runs')

const startedAt = Date.now()
await ensureInstalled()
await ensurePrograms()

// A result of an earlier run must never be counted in this one.
for (const { folder } of packages()) {
  for (const { file } of reports) rmSync(join(folder, file), { force: true })
}

console.log('\nChecking the format …')
const format = await run(process.execPath, [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--check', '.'])

const tasks = ['lint', 'typecheck', 'test', 'build']
const options = ['--concurrency=2', '--continue=dependencies-successful', '--summarize', '--log-order=grouped']
const gateCode = await turbo(['run', ...tasks, ...options], { limitMs: limitMs - (Date.now() - startedAt) })

const tests = packages().flatMap(({ name, folder }) =>
  reports.flatMap(({ file, count, label }) => {
    const report = readReport(join(folder, file))
    return report === undefined ? [] : [count(`${name}${label}`, report)]
  }),
)
const expected = packages().flatMap(({ name, scripts }) =>
  tasks.filter((task) => scripts[task]).map((task) => ({ package: name, task })),
)
const summary = latestSummary()
const checks = [
  { suite: 'format', passed: format === 0 ? 1 : 0, failed: format === 0 ? 0 : 1, skipped: 0 },
  ...(summary ? countTasks(summary, expected, tests) : []),
]
const known = [...checks, ...tests]
const counts = [
  ...known,
  ...unexplained({ counts: known, tests, exitCode: gateCode, isComplete: summary !== undefined }),
]
const { line, isGreen } = total(counts)

const rows = counts.map(({ suite, passed, failed, skipped, note = '' }) => [suite, passed, failed, skipped, note])
console.log(`\n${table(['suite', 'passed', 'failed', 'skipped', ''], rows)}`)
console.log(`\n${Math.round((Date.now() - startedAt) / 1000)} s`)
console.log(line)
process.exitCode = isGreen ? 0 : 1

/**
 * @param {string} path
 * @returns {unknown} undefined where there is none
 */
function readReport(path) {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    console.error(`${relative(root, path)} is not JSON: its run must have been cut short.`)
    return { success: false }
  }
}

/** What turbo wrote about the run of this process; undefined where it did not get that far. */
function latestSummary() {
  if (!existsSync(summaries)) return undefined
  const [latest] = readdirSync(summaries)
    .map((name) => join(summaries, name))
    .filter((path) => path.endsWith('.json') && statSync(path).mtimeMs >= startedAt)
    .filter((path) => JSON.parse(readFileSync(path, 'utf8')).execution?.command?.includes(tasks.join(' ')))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  return latest === undefined ? undefined : JSON.parse(readFileSync(latest, 'utf8'))
}
