/**
 * Opens the encrypted values of a container (RFC 6030 §6): the key is given, or derived from a passphrase; a MAC is verified, in
 * constant time, before the value that it covers is decrypted.
 */
import { pbkdf2 as pbkdf2WithCallback, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { ImportFault } from '../../import-fault.ts'
import { ciphers, hmacOf, prfHash } from './ciphers.ts'
import { elementAt, textAt, type XmlElement } from './elements.ts'

/** What the administrator typed. `key`: octets. */
export type GivenKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'passphrase'; readonly passphrase: string }

/** @param value an element with EncryptedValue, and ValueMAC where a MAC covers it */
export type Open = (value: XmlElement) => Promise<Buffer>

const pbkdf2 = promisify(pbkdf2WithCallback)
/** About a second's work. Files of 2010 have 1,000, today's recommendation is 600,000. */
const mostIterations = 3_000_000

export function createProtection(
  encryptionKey: XmlElement | undefined,
  macMethod: XmlElement | undefined,
  given: GivenKey,
): Open {
  let derived: Promise<Uint8Array> | undefined
  const keyOf = () => (derived ??= deriveKey(encryptionKey, given))
  let macKey: Promise<Uint8Array> | undefined
  const macKeyOf = () => (macKey ??= readMacKey(macMethod, keyOf))

  return async (value) => {
    const encrypted = elementAt(value, 'EncryptedValue')
    const key = await keyOf()
    const octets = cipherValue(encrypted)
    const cipher = cipherOf(encrypted)
    const mac = textAt(value, 'ValueMAC')
    // RFC 6030 §6.1.1: a cipher that does not protect integrity needs a MAC.
    if (!cipher.protectsIntegrity && (mac === '' || macMethod === undefined)) {
      throw new ImportFault(
        'mac-missing',
        'A key in this file is encrypted in a way that needs a MAC (RFC 6030 §6.1.1), and has none.',
      )
    }
    if (mac !== '' && macMethod !== undefined) {
      const hmac = hmacOf(macMethod.attributes.get('Algorithm') ?? '')
      if (hmac === undefined) throw unknown(macMethod)
      const [right, found] = [hmac(await macKeyOf(), octets), Buffer.from(mac, 'base64')]
      if (right.length !== found.length || !timingSafeEqual(right, found)) throw wrong()
    }
    return openWith(cipher, key, octets)
  }
}

async function deriveKey(encryptionKey: XmlElement | undefined, given: GivenKey): Promise<Uint8Array> {
  const derivation = elementAt(encryptionKey, 'DerivedKey', 'KeyDerivationMethod')
  if (derivation === undefined) {
    if (elementAt(encryptionKey, 'X509Data') || elementAt(encryptionKey, 'EncryptedKey')) {
      throw new ImportFault(
        'encryption',
        'This file is encrypted for somebody’s certificate: ask for one with a shared key or a passphrase.',
      )
    }
    if (given.kind === 'key') return given.key
    const named = textAt(encryptionKey, 'KeyName')
    const which = named === '' ? '' : ` (the file calls it “${named.slice(0, 100)}”)`
    throw new ImportFault('key-needed', `This file is encrypted with a key that was agreed on${which}: enter it.`)
  }
  const method = derivation.attributes.get('Algorithm') ?? ''
  if (!method.endsWith('#pbkdf2')) throw unknown(derivation)
  if (given.kind !== 'passphrase')
    throw new ImportFault('passphrase-needed', 'This file is encrypted with a passphrase: enter it.')
  const parameters = elementAt(derivation, 'PBKDF2-params')
  const salt = Buffer.from(textAt(parameters, 'Salt', 'Specified'), 'base64')
  const iterations = Number(textAt(parameters, 'IterationCount'))
  const length = Number(textAt(parameters, 'KeyLength'))
  // An attribute by PKCS #5's schema; text in documents made with python-pskc.
  const hash = prfHash(elementAt(parameters, 'PRF')?.attributes.get('Algorithm') ?? textAt(parameters, 'PRF'))
  if (hash === undefined || ![16, 24, 32].includes(length) || salt.length === 0) throw unknown(derivation)
  if (!Number.isSafeInteger(iterations) || iterations < 1 || iterations > mostIterations) {
    throw new ImportFault(
      'encryption',
      `The key derivation of this file is not to be trusted: it wants other than 1 to ${mostIterations} rounds.`,
    )
  }
  return pbkdf2(given.passphrase, salt, iterations, length, hash)
}

/** RFC 6030 §6.1.1: encrypted like the values; without one, the key of the encryption serves. */
async function readMacKey(macMethod: XmlElement | undefined, keyOf: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const encrypted = elementAt(macMethod, 'MACKey')
  if (encrypted === undefined) return keyOf()
  return openWith(cipherOf(encrypted), await keyOf(), cipherValue(encrypted))
}

function cipherOf(encrypted: XmlElement | undefined) {
  const method = elementAt(encrypted, 'EncryptionMethod')
  const cipher = ciphers.get(method?.attributes.get('Algorithm') ?? '')
  if (cipher === undefined) throw unknown(method)
  return cipher
}

function cipherValue(encrypted: XmlElement | undefined): Buffer {
  return Buffer.from(textAt(encrypted, 'CipherData', 'CipherValue'), 'base64')
}

function openWith(cipher: ReturnType<typeof cipherOf>, key: Uint8Array, octets: Uint8Array): Buffer {
  if (key.length !== cipher.keyBytes) {
    throw new ImportFault(
      'key-length',
      `This file is encrypted with a key of ${cipher.keyBytes} octets; this one has ${key.length}.`,
    )
  }
  const opened = cipher.open(key, octets)
  if (opened === undefined) throw wrong()
  return opened
}

/** The same whatever it was: which of them would help only whoever guesses. */
function wrong(): ImportFault {
  return new ImportFault('mac-wrong', 'The key or passphrase is not that of this file, or the file was altered.')
}

function unknown(element: XmlElement | undefined): ImportFault {
  const algorithm = (element?.attributes.get('Algorithm') ?? '').slice(0, 200)
  return new ImportFault('encryption', `This file is encrypted in a way that is not understood: “${algorithm}”.`)
}
