/** The provider's settings as they come from a form: with the secret that stays, and their certificates looked at. */
import { X509Certificate } from 'node:crypto'
import { openIdFaults, type OpenIdInput, type OpenIdView } from '@sallyport/contract'
import type { OpenIdSettings } from '@sallyport/store'
import { invalidInput } from '../problems.ts'

type Complete = Omit<OpenIdSettings, 'configured'>

/** With the stored secret where none was typed, which goes only where it went before. */
export function completed(input: OpenIdInput, saved: OpenIdSettings): Complete {
  const caPem = input.caPem === null || input.caPem.trim() === '' ? null : input.caPem
  const { clientSecret = saved.clientSecret } = input
  const mayKeep =
    saved.clientSecret !== '' &&
    input.issuer === saved.issuer &&
    input.clientId === saved.clientId &&
    (caPem ?? '').trim() === (saved.caPem ?? '').trim()
  if (input.clientSecret === undefined && !mayKeep) {
    const message = saved.clientSecret === '' ? openIdFaults.secretMissing : openIdFaults.secretKept
    throw invalidInput({ path: 'clientSecret', message })
  }
  if (caPem !== null && !isCertificate(caPem)) {
    throw invalidInput({ path: 'caPem', message: openIdFaults.noCertificate })
  }
  return { ...input, caPem, clientSecret }
}

export function openIdSettingsView(
  { clientSecret, ...settings }: OpenIdSettings,
  redirectUri: string | null,
): OpenIdView {
  return { ...settings, hasSecret: clientSecret !== '', redirectUri }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
