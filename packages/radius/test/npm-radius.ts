/** The npm package `radius`, typed as far as the tests and the benchmark use it: an implementation that is not ours. */
import { createRequire } from 'node:module'

export interface PeerPacket {
  readonly code: string
  readonly identifier: number
  readonly attributes: Readonly<Record<string, unknown>>
}

/** An attribute by name or number; a vendor's as `['Vendor-Specific', vendor, attributes]`, a tagged one with its tag. */
export type PeerAttribute = readonly [string | number, ...unknown[]]

interface PeerRadius {
  encode(options: {
    code: string
    secret: string
    identifier?: number
    attributes?: readonly PeerAttribute[]
    add_message_authenticator?: boolean
  }): Buffer
  decode(options: { packet: Buffer; secret: string }): PeerPacket
  encode_response(options: {
    packet: PeerPacket
    code: string
    secret: string
    attributes?: readonly PeerAttribute[]
  }): Buffer
  verify_response(options: { request: Buffer; response: Buffer; secret: string }): boolean
}

// CommonJS without types, and with the deprecated Buffer constructor.
export const peerRadius = createRequire(import.meta.url)('radius') as PeerRadius
