/** The part of the npm package `smpp` that serves tests as a message centre: it brings no types. */
declare module 'smpp' {
  import type { Server } from 'node:net'

  export interface PeerPdu {
    readonly command: string
    readonly sequence_number: number
    readonly [field: string]: unknown
    response(fields?: Record<string, unknown>): PeerPdu
  }
  export interface PeerSession {
    on(event: string, listener: (pdu: PeerPdu) => void): void
    send(pdu: PeerPdu): void
    deliver_sm(fields: Record<string, unknown>, onAnswer: (pdu: PeerPdu) => void): void
    enquire_link(onAnswer: (pdu: PeerPdu) => void): void
    close(): void
    destroy(): void
  }
  const smpp: {
    createServer(options: Record<string, unknown>, onSession: (session: PeerSession) => void): Server
  }
  // eslint-disable-next-line no-restricted-exports -- the package is CommonJS: its default export is all there is
  export default smpp
}
