// Adds up what the tools report: tests of vitest and Playwright, and each lint, type check and build as one check.

/**
 * @typedef {object} Count
 * @property {string} suite what was run, for the table
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [note] what the numbers alone do not say
 */

/**
 * Reads the JSON of a vitest run.
 * @param {string} suite
 * @param {any} report
 * @returns {Count}
 */
export function countVitest(suite, report) {
  const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report
  // A file that could not be loaded has failed without holding a single test.
  const broken = (report.testResults ?? []).filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' && !file.assertionResults?.some((/** @type {any} */ it) => it.status === 'failed'),
  ).length
  const failed = numFailedTests + broken
  return {
    suite,
    passed,
    failed: failed === 0 && report.success === false ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
    ...(broken > 0 ? { note: `${broken} file${broken > 1 ? 's' : ''} could not be run` } : {}),
  }
}

/**
 * Reads the JSON of a Playwright run.
 * @param {string} suite
 * @param {any} report
 * @returns {Count}
 */
export function countPlaywright(suite, report) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {}
  const isBroken = !report.stats || report.errors?.length > 0
  return {
    suite,
    passed: expected + flaky,
    failed: unexpected + (unexpected === 0 && isBroken ? 1 : 0),
    skipped,
    ...(flaky > 0 ? { note: `${flaky} passed only when repeated` } : {}),
  }
}

/**
 * Reads turbo's run summary: every lint, typecheck, build and generate is a check of its own; tests are counted by
 * what they report, and their task only where it failed without saying so.
 * @param {any} summary it leaves out what was never started
 * @param {readonly { package: string, task: string }[]} expected every task that should have run
 * @param {readonly Count[]} tests the counts of all suites, their names being those of the packages
 * @returns {Count[]} one count a kind of check, then one a failed test task that no report accounts for
 */
export function countTasks(summary, expected, tests) {
  /** @type {any[]} */
  const ran = (summary.tasks ?? []).filter((/** @type {any} */ it) => it.command && it.command !== '<NONEXISTENT>')
  const missed = expected.filter((it) => !ran.some((other) => other.package === it.package && other.task === it.task))
  /** @type {Map<string, Count>} */
  const checks = new Map()
  const unaccounted = []
  for (const { task, package: name, execution } of [...ran, ...missed]) {
    const isPassed = execution?.exitCode === 0
    const because = execution ? 'failed' : 'did not run'
    if (task === 'test') {
      const reported = tests.filter(({ suite }) => suite === name || suite.startsWith(`${name} `))
      const isExplained = isPassed ? reported.length > 0 : reported.some(({ failed }) => failed > 0)
      if (!isExplained) {
        const note = isPassed ? 'ended well, but left no result' : because
        unaccounted.push({ suite: `${name} (run)`, passed: 0, failed: 1, skipped: 0, note })
      }
      continue
    }
    /** @type {Count} */
    const check = checks.get(task) ?? { suite: task, passed: 0, failed: 0, skipped: 0 }
    check[isPassed ? 'passed' : 'failed']++
    if (!isPassed) check.note = [check.note, `${name} ${because}`].filter(Boolean).join(', ')
    checks.set(task, check)
  }
  return [...checks.values(), ...unaccounted]
}

/**
 * What must count as failed although no count says so: a run that was cut short, that failed for no stated reason, or
 * that tested nothing.
 * @param {object} run
 * @param {readonly Count[]} run.counts all of them
 * @param {readonly Count[]} run.tests those that came from tests
 * @param {number} run.exitCode turbo's
 * @param {boolean} run.isComplete whether turbo got as far as its summary
 * @returns {Count[]}
 */
export function unexplained({ counts, tests, exitCode, isComplete }) {
  /** @param {string} note */
  const failure = (note) => ({ suite: 'the run', passed: 0, failed: 1, skipped: 0, note })
  if (!isComplete) return [failure(`turbo ended with ${exitCode} before its summary`)]
  const isAnyFailed = counts.some(({ failed }) => failed > 0)
  if (exitCode !== 0 && !isAnyFailed) return [failure(`turbo ended with ${exitCode}, and no count says why`)]
  if (!isAnyFailed && !tests.some(({ passed }) => passed > 0)) return [failure('no test ran')]
  return []
}

/**
 * The last line of a run.
 * @param {readonly Count[]} counts
 */
export function total(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  return { line: `${passed} passed, ${failed} failed`, isGreen: failed === 0 }
}
