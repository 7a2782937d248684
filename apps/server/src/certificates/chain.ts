/** Puts the certificates that somebody pasted into the order in which TLS shows them. */
import type { KeyObject, X509Certificate } from 'node:crypto'
import { certificateName, readCertificates } from './certificates.ts'

const most = 10

/**
 * The server's own first, then each that signed the one before it (RFC 8446 §4.4.2); what came twice is there once.
 * @param key tells which of them is the server's own; where it fits none, the one that is no authority's is
 */
export function readChain(pem: string, key: KeyObject | undefined): readonly X509Certificate[] | { problem: string } {
  const found = readCertificates(pem)
  if (found === undefined) return { problem: 'One of these certificates is damaged: paste each whole, as PEM.' }
  if (found.length === 0)
    return { problem: 'Paste the certificate as PEM: it begins with -----BEGIN CERTIFICATE-----.' }
  if (found.length > most)
    return { problem: `These are ${found.length} certificates: leave out all but its own chain.` }
  const rest = new Map(found.map((each) => [each.fingerprint256, each]))
  const all = [...rest.values()]
  const own = all.find((each) => key !== undefined && each.checkPrivateKey(key)) ?? all.find(({ ca }) => !ca) ?? all[0]
  const chain: X509Certificate[] = []
  let next = own
  while (next !== undefined) {
    const present = next
    chain.push(present)
    rest.delete(present.fingerprint256)
    next = [...rest.values()].find((each) => present.checkIssued(each) && present.verify(each.publicKey))
  }
  const [stranger] = rest.values()
  if (stranger !== undefined) {
    const problem = `${certificateName(stranger)} signed none of the others: leave it out, or paste what is missing between them.`
    return { problem }
  }
  return chain
}

export function chainPem(chain: readonly X509Certificate[]): string {
  return chain.map((each) => each.toString().trim() + '\n').join('')
}
