/** A certificate and key as somebody pasted them: unlocked, in order, and fit to be served; or what is wrong with each field. */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { FieldProblem } from '@sallyport/contract'
import { chainPem, readChain } from './chain.ts'
import { fitnessFaults } from './fitness.ts'
import { listenerFaults, type ListenerCertificate } from './listener-faults.ts'
import { costOfUnlocking } from './read-der.ts'

export interface Pasted {
  readonly certificatePem: string
  readonly keyPem: string
  readonly passphrase?: string | undefined
}

export type Judged =
  | { readonly ok: true; readonly certificate: ListenerCertificate }
  | { readonly ok: false; faults: readonly FieldProblem[] }

/** OWASP asks for 600,000; beyond this, unlocking would hold up whoever else uses the console. */
const dearestUnlocking = 5_000_000
const lockedBlock = /-----BEGIN ENCRYPTED PRIVATE KEY-----([\sA-Za-z0-9+/=]*)-----END ENCRYPTED PRIVATE KEY-----/u

export function judgePasted(pasted: Pasted, now: Date): Judged {
  const key = unlock(pasted)
  const isKey = !('path' in key)
  const chain = readChain(pasted.certificatePem, isKey ? key : undefined)
  const faults: FieldProblem[] = []
  if ('problem' in chain) faults.push({ path: 'certificatePem', message: chain.problem })
  if (!isKey) faults.push(key)
  if ('problem' in chain || !isKey) return { ok: false, faults }
  const certificate = {
    certificatePem: chainPem(chain),
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  const found = [...listenerFaults(certificate), ...fitnessFaults(chain, now)]
  return found.length > 0 ? { ok: false, faults: found } : { ok: true, certificate }
}

function unlock({ keyPem, passphrase = '' }: Pasted): KeyObject | FieldProblem {
  const isLocked = keyPem.includes('ENCRYPTED')
  if (isLocked && passphrase === '') {
    return { path: 'passphrase', message: 'This key is locked: type the passphrase that it was locked by.' }
  }
  const [, body] = lockedBlock.exec(keyPem) ?? []
  if (body !== undefined && costOfUnlocking(Buffer.from(body, 'base64')) > dearestUnlocking) {
    return { path: 'keyPem', message: 'Unlocking this key takes too long: unlock it first (openssl pkey -in <file>).' }
  }
  try {
    return createPrivateKey({ key: keyPem, ...(isLocked ? { passphrase } : {}) })
  } catch {
    if (isLocked) return { path: 'passphrase', message: 'The passphrase is wrong, or the key is damaged.' }
    const message = 'Paste the private key as PEM, whole: it begins with -----BEGIN PRIVATE KEY-----.'
    return { path: 'keyPem', message }
  }
}
