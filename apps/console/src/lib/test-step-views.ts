/** Puts the steps of a test into the form that the shared list shows. */
import type { TestResult } from '@sallyport/contract'
import type { TestStepView } from '@sallyport/ui'
import { sentence, t } from './words.ts'

export function testStepViews(result: TestResult): TestStepView[] {
  return result.steps.map(({ server, step, ok, message, durationMs }) => ({
    heading: server === '' ? stepText(step) : `${stepText(step)} · ${server}`,
    ok,
    message: sentence(message),
    durationMs,
  }))
}

/** A step that the catalogue does not know stands for itself. */
function stepText(step: string): string {
  const key = `test-steps.${step}`
  const words = t(key)
  return words === key ? step : words
}
