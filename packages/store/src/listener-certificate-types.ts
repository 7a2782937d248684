/** The certificates that console and portal are served with, as somebody chose them in the console. */
import type { CertifiedListener } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

/** Where a listener takes its certificate from; `keyPem` is unsealed and never leaves the server. */
export type ListenerCertificateSource =
  | { readonly source: 'environment' }
  | { readonly source: 'files'; readonly certificateFile: string; readonly keyFile: string }
  | { readonly source: 'pasted' | 'self-signed'; readonly certificatePem: string; readonly keyPem: string }

export type ListenerCertificateSettings = ListenerCertificateSource & { readonly version: number }

export interface ListenerCertificateRepository {
  /** The environment's until somebody chose. Throws where the key cannot be unsealed. */
  settings(listener: CertifiedListener): Promise<ListenerCertificateSettings>
  /** The audit entry names source, files and fingerprint, and of the key only that it changed. */
  change(
    listener: CertifiedListener,
    input: ListenerCertificateSettings,
    actor: Actor,
  ): Promise<Change<ListenerCertificateSettings>>
  /** Back to the environment's, whether the key can be unsealed or not. False: it is. */
  reset(listener: CertifiedListener, actor: Actor): Promise<boolean>
}
