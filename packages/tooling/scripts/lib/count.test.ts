import { describe, expect, test } from 'vitest'
import { countPlaywright, countTasks, countVitest, total, unexplained } from './count.mjs'

const passing = { suite: '@sallyport/radius', passed: 3, failed: 0, skipped: 0 }

function task(name: string, task: string, exitCode?: number, command = 'some command') {
  return { package: name, task, command, ...(exitCode === undefined ? {} : { execution: { exitCode } }) }
}

describe('counting a vitest report', () => {
  test('takes passed, failed, skipped and planned tests', () => {
    const report = { success: false, numPassedTests: 4, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }
    expect(countVitest('a', report)).toEqual({ suite: 'a', passed: 4, failed: 2, skipped: 2 })
  })

  test('counts a file that could not be loaded as failed, though it holds no failed test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]
    const report = { success: false, numPassedTests: 1, numFailedTests: 1, testResults }
    expect(countVitest('a', report)).toMatchObject({ passed: 1, failed: 2, note: '1 file could not be run' })
  })

  test('counts a run that failed between its tests as one failure', () => {
    expect(countVitest('a', { success: false, numPassedTests: 4, numFailedTests: 0 })).toMatchObject({ failed: 1 })
  })

  test('counts a report that was cut short as a failure', () => {
    expect(countVitest('a', { success: false })).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('counting a Playwright report', () => {
  test('takes its statistics, and names what passed only when repeated', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }, errors: [] }
    expect(countPlaywright('e2e', report)).toEqual({
      suite: 'e2e',
      passed: 7,
      failed: 1,
      skipped: 3,
      note: '2 passed only when repeated',
    })
  })

  test('counts an error outside of any test as a failure', () => {
    const report = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{ message: 'no server' }] }
    expect(countPlaywright('e2e', report)).toMatchObject({ passed: 0, failed: 1 })
  })

  test('counts a report that was cut short as a failure', () => {
    expect(countPlaywright('e2e', { success: false })).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('counting the tasks of a run', () => {
  test('counts each lint, typecheck and build as a check and names the package that failed', () => {
    const tasks = [
      task('@sallyport/radius', 'lint', 0),
      task('@sallyport/store', 'lint', 1),
      task('@sallyport/store', 'build'),
      task('@sallyport/ui', 'generate', undefined, '<NONEXISTENT>'),
    ]
    expect(countTasks({ tasks }, [], [])).toEqual([
      { suite: 'lint', passed: 1, failed: 1, skipped: 0, note: '@sallyport/store failed' },
      { suite: 'build', passed: 0, failed: 1, skipped: 0, note: '@sallyport/store did not run' },
    ])
  })

  test('leaves a test task to its report', () => {
    const failing = { ...passing, failed: 1 }
    expect(countTasks({ tasks: [task(passing.suite, 'test', 0)] }, [], [passing])).toEqual([])
    expect(countTasks({ tasks: [task(passing.suite, 'test', 1)] }, [], [failing])).toEqual([])
  })

  test.each([
    ['failed although its report shows no failure', 1, [passing]],
    ['failed and left no report', 1, []],
    ['did not run', undefined, []],
    ['ended well but left no report', 0, []],
  ])('counts a test task as failed that %s', (_, exitCode, tests) => {
    const counts = countTasks({ tasks: [task(passing.suite, 'test', exitCode)] }, [], tests)
    expect(counts).toMatchObject([{ suite: '@sallyport/radius (run)', passed: 0, failed: 1 }])
  })
})

describe('tasks that the summary leaves out', () => {
  test('count as failed: what they wait for must have failed', () => {
    const expected = [
      { package: 'e2e', task: 'test' },
      { package: 'e2e', task: 'lint' },
      { package: 'ui', task: 'lint' },
    ]
    expect(countTasks({ tasks: [task('ui', 'lint', 0)] }, expected, [])).toEqual([
      { suite: 'lint', passed: 1, failed: 1, skipped: 0, note: 'e2e did not run' },
      { suite: 'e2e (run)', passed: 0, failed: 1, skipped: 0, note: 'did not run' },
    ])
  })
})

describe('the verdict', () => {
  const run = { counts: [passing], tests: [passing], exitCode: 0, isComplete: true }

  test('is the sum of all counts in one line', () => {
    const counts = [passing, { ...passing, passed: 2, failed: 1 }]
    expect(total(counts)).toEqual({ line: '5 passed, 1 failed', isGreen: false })
    expect(total([passing])).toEqual({ line: '3 passed, 0 failed', isGreen: true })
  })

  test('adds nothing to a run that its counts explain', () => {
    expect(unexplained(run)).toEqual([])
    expect(unexplained({ ...run, counts: [{ ...passing, failed: 1 }], exitCode: 1 })).toEqual([])
  })

  test.each([
    ['was cut short', { ...run, isComplete: false, exitCode: 143 }],
    ['failed without a count that says so', { ...run, exitCode: 1 }],
    ['tested nothing', { ...run, counts: [], tests: [] }],
  ])('fails a run that %s', (_, wrong) => {
    expect(unexplained(wrong)).toMatchObject([{ failed: 1 }])
  })
})
