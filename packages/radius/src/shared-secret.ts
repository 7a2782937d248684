/** A shared secret, wrapped so that it can be used but not printed. */
import { createHmacKey, type HmacKey } from './md5.ts'

interface Material {
  readonly octets: Uint8Array
  readonly hmacKey: HmacKey
}

/** The longest secret that is taken, in octets. */
export const maximumSecretBytes = 1024

let materialOf: (secret: SharedSecret) => Material

/** An opaque shared secret; made by {@link createSharedSecret}. Prints, serialises and inspects as a mask. */
export class SharedSecret {
  readonly #material: Material

  static {
    materialOf = (secret) => secret.#material
  }

  constructor(octets: Uint8Array) {
    // RFC 2865 §3: the secret must not be empty.
    if (octets.length === 0) throw new RangeError('a shared secret must not be empty')
    if (octets.length > maximumSecretBytes) {
      throw new RangeError(`a shared secret has at most ${maximumSecretBytes} octets`)
    }
    const own = Uint8Array.from(octets)
    this.#material = { octets: own, hmacKey: createHmacKey(own) }
  }

  toString(): string {
    return '••••'
  }

  toJSON(): string {
    return '••••'
  }
}

/**
 * Wraps a shared secret of 1 to 1024 octets (a string is taken as UTF-8) with what every digest under it shares.
 * Throws a RangeError when it is empty or too long.
 */
export function createSharedSecret(secret: string | Uint8Array): SharedSecret {
  return new SharedSecret(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret)
}

/** The material of a secret, for the digests of this library alone: not exported from the package. */
export function revealSecret(secret: SharedSecret): Material {
  return materialOf(secret)
}
