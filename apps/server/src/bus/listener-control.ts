/** Console and portal as listeners: where they are, what they show, and the order to look at their certificates again. */
import type { CertificateSource, CertifiedListener } from '@sallyport/contract'

export interface ListenerControl {
  readonly address: string
  /** The origin that browsers use; null: not said. */
  readonly publicUrl: string | null
  readonly behindTlsProxy: boolean
  /** By which browsers look for it. */
  readonly names: readonly string[]
  /** What the environment names; null: nothing. */
  readonly environment: { readonly certificateFile: string; readonly keyFile: string } | null
  readonly port: () => number
  /** Null: it speaks without TLS. */
  readonly present: () => {
    readonly shown: { readonly certificatePem: string; readonly source: CertificateSource | 'stand-in' }
    /** Why something else is shown than what was chosen. */
    readonly problem: string | null
  } | null
  /** Resolves once new connections are shown what is chosen now, where it speaks TLS. */
  takeUp(): Promise<void>
}

export type ListenerControls = Readonly<Record<CertifiedListener, ListenerControl>>
