/** What Company Settings ask of a PIN. */
import type { CompanySettings } from '@sallyport/contract'

/** A sentence that says what is wrong with it; null: nothing. */
export function pinProblem(pin: string, { minimumLength, forbidPatterns }: CompanySettings['pin']): string | null {
  if (pin.length < minimumLength) return `Company Settings ask for at least ${minimumLength} digits.`
  if (forbidPatterns && isPattern(pin)) return 'Company Settings refuse rows such as 1111, 1234 and 4321.'
  return null
}

/** One digit over and over, or digits that go up or down by one. */
function isPattern(pin: string): boolean {
  const steps = Array.from({ length: pin.length - 1 }, (_, index) => Number(pin[index + 1]) - Number(pin[index]))
  const [first] = steps
  return (first === 0 || first === 1 || first === -1) && steps.every((step) => step === first)
}
