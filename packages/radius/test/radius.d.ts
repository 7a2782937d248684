/** Types for the npm package `radius`, as far as the tests and the benchmark use it: an implementation that is not ours. */
declare module 'radius' {
  namespace radius {
    interface PeerPacket {
      readonly code: string
      readonly identifier: number
      readonly attributes: Readonly<Record<string, unknown>>
    }

    /** By name or number; a vendor's as `['Vendor-Specific', vendor, attributes]`, a tagged one with its tag. */
    type PeerAttribute = readonly [string | number, ...unknown[]]

    function encode(options: {
      code: string
      secret: string
      identifier?: number
      attributes?: readonly PeerAttribute[]
      add_message_authenticator?: boolean
    }): Buffer

    function decode(options: { packet: Buffer; secret: string }): PeerPacket

    function encode_response(options: {
      packet: PeerPacket
      code: string
      secret: string
      attributes?: readonly PeerAttribute[]
    }): Buffer

    function verify_response(options: { request: Buffer; response: Buffer; secret: string }): boolean
  }
  export = radius
}
