/** How a RADIUS client's requests are protected, and how its people are asked for a code. */
import { z } from 'zod'

/** RFC 3579 §3.2 and CVE-2024-3596: *auto* requires it once the client has sent a valid one. */
export const messageAuthenticatorPolicy = z.enum(['auto', 'require', 'never-send'])
export type MessageAuthenticatorPolicy = z.infer<typeof messageAuthenticatorPolicy>

/**
 * How the code is asked for: as fits, always by Access-Challenge, or always inside the password. `second-factor-only`: the device has
 * checked the password itself, and what comes in its place is a code, a word that chooses a method, or nothing.
 */
export const factorMode = z.enum(['automatic', 'challenge', 'password-with-code', 'second-factor-only'])
export type FactorMode = z.infer<typeof factorMode>
