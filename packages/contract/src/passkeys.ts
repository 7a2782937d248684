/** Passkeys (WebAuthn) of administrators: what the browser is asked, and what it answers. */
import { z } from 'zod'
import { id, timestamp } from './common.ts'

/** base64url. */
const octets = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/)

const answered = {
  id: octets,
  rawId: octets,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(64).nullish(),
  clientExtensionResults: z.record(z.string().max(64), z.unknown()),
}

/** @see {@link https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson RegistrationResponseJSON} */
export const passkeyRegistration = z.strictObject({
  ...answered,
  response: z.strictObject({
    clientDataJSON: octets,
    attestationObject: octets,
    authenticatorData: octets.optional(),
    transports: z.array(z.string().max(32)).max(10).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: octets.optional(),
  }),
})

/** @see {@link https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson AuthenticationResponseJSON} */
export const passkeyAssertion = z.strictObject({
  ...answered,
  response: z.strictObject({
    clientDataJSON: octets,
    authenticatorData: octets,
    signature: octets,
    userHandle: octets.nullish(),
  }),
})

/** What goes to `navigator.credentials`, as WebAuthn writes it in JSON. */
export const passkeyOptions = z.object({ options: z.record(z.string(), z.unknown()) })

export const passkeyName = z.string().trim().min(1, 'Give it a name.').max(64, 'At most 64 characters.')

export const passkeyRow = z.object({
  id,
  name: z.string(),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
})
export type PasskeyRow = z.infer<typeof passkeyRow>

export const passkeyInput = z.strictObject({ response: passkeyAssertion })
export const addPasskeyInput = z.strictObject({ name: passkeyName, response: passkeyRegistration })
