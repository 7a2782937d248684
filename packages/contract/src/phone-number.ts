/** Phone numbers as people type them. */
import { z } from 'zod'
import { isE164 } from './e164.ts'

/** E.164 as people write it: spaces, hyphens, dots and brackets go. */
export const phoneNumberInput = z
  .string()
  .trim()
  .max(40, 'At most 15 digits.')
  .transform((text) => text.replace(/[\s().-]/g, ''))
  .refine(
    (text) => text === '' || isE164(text),
    'Enter the number with its country: + and 7 to 15 digits, such as +49 30 901820.',
  )

/** Keys pressed once the call is answered: digits, `w` waits half a second. */
export const phoneExtension = z
  .string()
  .trim()
  .regex(/^[0-9w*#]{0,20}$/, 'At most 20 digits; w waits half a second.')
