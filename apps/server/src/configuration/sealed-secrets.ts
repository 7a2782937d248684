/** Secrets inside a file, sealed to a passphrase: whoever finds the file alone opens nothing with it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import type { Secrets } from './present.ts'

/** RFC 9106 §4: 64 MiB, three passes. Written beside what they made, so that a later release may ask for more. */
const memoryKib = 64 * 1024
const passes = 3
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const prefix = `argon2id.m${memoryKib}.t${passes}.`
const place = Buffer.from('sallyport configuration 1')
const lineLength = 100

/** Fewer characters are guessed, whatever a guess costs. */
export const shortestPassphrase = 12

/** @returns text of several lines: what made it, then base64url of salt, nonce, the sealed secrets and tag */
export async function sealSecrets(secrets: Secrets, passphrase: string): Promise<string> {
  const [salt, nonce] = [randomBytes(saltBytes), randomBytes(nonceBytes)]
  const cipher = createCipheriv('aes-256-gcm', await keyFrom(passphrase, salt), nonce).setAAD(place)
  const body = Buffer.concat([cipher.update(JSON.stringify([...secrets])), cipher.final()])
  const text = prefix + Buffer.concat([salt, nonce, body, cipher.getAuthTag()]).toString('base64url')
  return `${(text.match(new RegExp(`.{1,${lineLength}}`, 'gu')) ?? []).join('\n')}\n`
}

/** Null for another passphrase, or a text that was altered. */
export async function openSecrets(text: string, passphrase: string): Promise<Secrets | null> {
  const sealed = text.replaceAll(/\s/gu, '')
  const raw = Buffer.from(sealed.slice(prefix.length), 'base64url')
  if (!sealed.startsWith(prefix) || raw.length < saltBytes + nonceBytes + tagBytes) return null
  const nonce = raw.subarray(saltBytes, saltBytes + nonceBytes)
  const key = await keyFrom(passphrase, raw.subarray(0, saltBytes))
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(place)
    .setAuthTag(raw.subarray(-tagBytes))
  try {
    const body = Buffer.concat([decipher.update(raw.subarray(saltBytes + nonceBytes, -tagBytes)), decipher.final()])
    return new Map(JSON.parse(body.toString()) as [string, string][])
  } catch {
    return null
  }
}

function keyFrom(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return hashRaw(passphrase.normalize('NFKC'), {
    ...{ salt, memoryCost: memoryKib, timeCost: passes, parallelism: 1, outputLen: 32 },
  })
}
