/**
 * The certificate that console or portal are served with, wherever it is kept: another one is taken up while the server runs, a broken
 * one never. Where the one that is there at the start cannot be served, one that is signed by itself stands in: sign-ins by RADIUS do
 * not wait for it, and the administrator still gets in, encrypted, past the browser's warning.
 */
import { X509Certificate } from 'node:crypto'
import type { CertificateSource } from '@sallyport/contract'
import type { ListenerCertificate } from './listener-faults.ts'
import { selfSigned } from './self-signed.ts'

/** What is to be served, or why it cannot be. */
export type Wanted = { readonly source: CertificateSource } & (ListenerCertificate | { readonly problem: string })

interface Options {
  /** What is to be served at this moment; null: no TLS. */
  readonly find: () => Promise<Wanted | null>
  /** Who it is for where one has to stand in. */
  readonly names: readonly [string, ...(readonly string[])]
  readonly clock: () => Date
  readonly onTakenUp: (fingerprint: string) => void
  /** Something else is served than what was chosen. */
  readonly onProblem: (message: string) => void
}

/** What takes a new certificate without a restart: a TLS server. */
export interface Served {
  setSecureContext(options: { readonly cert: string; readonly key: string; readonly minVersion: 'TLSv1.2' }): void
}

export interface Shown extends ListenerCertificate {
  readonly source: CertificateSource | 'stand-in'
}

export interface ListenerCertificates {
  /** To begin with. */
  readonly first: Shown
  readonly present: () => { readonly shown: Shown; readonly problem: string | null }
  /** Looks again at what is wanted, and serves it where it is new and can be served; one look after the other. */
  check(served: Served): Promise<void>
}

/** Null: it speaks without TLS. */
export async function openListenerCertificate(options: Options): Promise<ListenerCertificates | null> {
  const { find, names, clock, onTakenUp, onProblem } = options
  const found = await find()
  if (found === null) return null
  const standsIn =
    'A certificate that is signed by itself is served in its place until this is mended; it is looked at again each minute.'
  let problem = 'problem' in found ? found.problem : null
  if (problem !== null) onProblem(`${problem} ${standsIn}`)
  const first: Shown = 'problem' in found ? { ...selfSigned(names, clock()), source: 'stand-in' } : found
  let shown = first

  async function look(served: Served): Promise<void> {
    const now = await find()
    // Back to no TLS: that begins with the next start.
    if (now === null) return
    if ('problem' in now) {
      if (now.problem !== problem) onProblem(`${now.problem} The one before is still served.`)
      problem = now.problem
      return
    }
    problem = null
    const isSame = now.certificatePem === shown.certificatePem && now.keyPem === shown.keyPem
    if (!isSame) served.setSecureContext({ cert: now.certificatePem, key: now.keyPem, minVersion: 'TLSv1.2' })
    shown = now
    if (!isSame) onTakenUp(new X509Certificate(now.certificatePem).fingerprint256)
  }
  let turn = Promise.resolve()
  return {
    first,
    present: () => ({ shown, problem }),
    check(served) {
      const mine = turn.then(() => look(served))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
