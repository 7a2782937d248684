/** Sign-ins to the user portal, between the threads: the main thread speaks RADIUS to a port of the engine's that is for it alone. */
import type { SignInReason, SignInResult } from '@sallyport/contract'

/** Where the portal asks. The secret lives as long as the engine, and in these two threads. */
export interface PortalPort {
  readonly host: string
  readonly port: number
  readonly secret: string
}

/** What takes the place of a second factor that is lost: in the portal, and nowhere else. */
export type FallbackMeans = 'recovery-code' | 'security-questions'

/**
 * What the main thread says of somebody who cannot use their second factor. It judges the answer, for it has the codes and the
 * questions; the engine checks the password, counts what is wrong, and has the last word.
 */
export type FallbackSaid =
  { readonly kind: 'wanted' } | { readonly kind: 'answered'; readonly means: FallbackMeans; readonly right: boolean }

const texts = {
  wanted: 'fallback',
  'recovery-code': { right: 'recovery-code right', wrong: 'recovery-code wrong' },
  'security-questions': { right: 'security-questions right', wrong: 'security-questions wrong' },
} as const

/** As it stands in Connect-Info of a request to the portal's port; in a request to any other it means nothing. */
export function fallbackText(said: FallbackSaid): string {
  return said.kind === 'wanted' ? texts.wanted : texts[said.means][said.right ? 'right' : 'wrong']
}

/** Undefined: nothing is said of a fallback. */
export function readFallback(text: string | undefined): FallbackSaid | undefined {
  if (text === texts.wanted) return { kind: 'wanted' }
  for (const means of ['recovery-code', 'security-questions'] as const) {
    if (text === texts[means].right) return { kind: 'answered', means, right: true }
    if (text === texts[means].wrong) return { kind: 'answered', means, right: false }
  }
  return undefined
}

/** What one of the portal's requests came to, besides its reply: it says nothing that a device may know. On disk when it is told. */
export interface PortalDecided {
  /** What the request named itself by, in NAS-Port-Id. */
  readonly ticket: string
  readonly signInId: string
  readonly userId: string | null
  readonly result: SignInResult
  readonly reason: SignInReason
}

export interface PortalControl {
  readonly portalPort: PortalPort
  /** The answer stops the listener. */
  onPortalDecided(listener: (decided: PortalDecided) => void): () => void
}
