/** The part of the npm package `http_ece` that tests decrypt pushes with, independent of our own encryption: it brings no types. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  const ece: {
    decrypt(
      body: Buffer,
      keys: { readonly version: 'aes128gcm'; readonly privateKey: ECDH; readonly authSecret: Buffer },
    ): Buffer
  }
  export = ece
}
