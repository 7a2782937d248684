/** What a vendor profile says of a kind of device: values that suit it, the device's own settings, and where that stands. */
import { z } from 'zod'
import type { FactorMode, MessageAuthenticatorPolicy } from '../client-policies.ts'

/** The kinds of devices that have a profile; `other` suggests what suits most. */
export const vendorProfileId = z.enum([
  'other',
  'cisco-asa',
  'fortinet',
  'palo-alto',
  'check-point',
  'citrix',
  'ivanti',
  'mikrotik',
  'strongswan',
  'openvpn',
  'ocserv',
  'microsoft-rras',
  'rd-gateway',
])
export type VendorProfileId = z.infer<typeof vendorProfileId>

/** The values of a RADIUS client that a profile suggests. */
export interface SuggestedValues {
  readonly canBeChallenged: boolean
  readonly factorMode: FactorMode
  readonly messageAuthenticator: MessageAuthenticatorPolicy
  readonly deviceTimeoutSeconds: number
}

export interface VendorProfile {
  readonly suggests: SuggestedValues
  /** What is typed or clicked on the device, as its vendor writes it: time-out first. Empty where there is none to name. */
  readonly deviceSettings: readonly string[]
  /** The pages that the facts are from. */
  readonly sources: readonly string[]
}

/** What suits a device that is told to wait a minute, and shows what it is asked. */
export const usual: SuggestedValues = {
  canBeChallenged: true,
  factorMode: 'automatic',
  messageAuthenticator: 'auto',
  deviceTimeoutSeconds: 60,
}

/** For devices that take a challenge for a refusal. */
export const withoutChallenge: SuggestedValues = {
  ...usual,
  canBeChallenged: false,
  factorMode: 'password-with-code',
}
