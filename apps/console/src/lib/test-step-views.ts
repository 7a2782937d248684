/** Puts the steps of a test into the form that the shared list shows. */
import type { TestResult } from '@sallyport/contract'
import type { TestStepView } from '@sallyport/ui'
import { sentence } from './words.ts'

export function testStepViews(result: TestResult): TestStepView[] {
  return result.steps.map(({ server, step, ok, message, durationMs }) => ({
    heading: server === '' ? sentence(step) : `${server} · ${sentence(step)}`,
    ok,
    message: sentence(message),
    durationMs,
  }))
}
