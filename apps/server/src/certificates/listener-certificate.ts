/**
 * The certificate that console or portal are served with, from its files: renewed ones are taken up while the server runs, broken ones never.
 * Where those that are there at the start cannot be served, one that is signed by itself stands in: sign-ins by RADIUS do not wait for it,
 * and the administrator still gets in, encrypted, past the browser's warning.
 */
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { listenerFaults, type ListenerCertificate } from './listener-faults.ts'
import { selfSigned } from './self-signed.ts'

interface Files {
  readonly certificateFile: string
  readonly keyFile: string
}

interface Options {
  readonly files: Files
  /** Who it is for where one has to stand in. */
  readonly names: readonly [string, ...(readonly string[])]
  readonly clock: () => Date
  readonly onTakenUp: (fingerprint: string) => void
  /** Something else is served than what the files hold. */
  readonly onProblem: (message: string) => void
}

/** What takes a new certificate without a restart: a TLS server. */
interface Served {
  setSecureContext(options: { readonly cert: string; readonly key: string; readonly minVersion: 'TLSv1.2' }): void
}

export interface ListenerCertificates {
  /** To begin with. */
  readonly first: ListenerCertificate
  /** Reads the files again, and serves what they hold where it is new and can be served. */
  check(served: Served): Promise<void>
}

export async function openListenerCertificate(options: Options): Promise<ListenerCertificates> {
  const { files, names, clock, onTakenUp, onProblem } = options
  const found = await readFiles(files)
  const standsIn =
    'A certificate that is signed by itself is served in its place: mend the files, they are read again each minute.'
  if ('problem' in found) onProblem(`${found.problem} ${standsIn}`)
  const first = 'problem' in found ? selfSigned(names, clock()) : found
  let present = first
  let said = 'problem' in found ? found.problem : null
  return {
    first,
    async check(served) {
      const now = await readFiles(files)
      if ('problem' in now) {
        if (now.problem !== said) onProblem(`${now.problem} The one before is still served.`)
        said = now.problem
        return
      }
      said = null
      if (now.certificatePem === present.certificatePem && now.keyPem === present.keyPem) return
      served.setSecureContext({ cert: now.certificatePem, key: now.keyPem, minVersion: 'TLSv1.2' })
      present = now
      onTakenUp(new X509Certificate(now.certificatePem).fingerprint256)
    },
  }
}

async function readFiles({
  certificateFile,
  keyFile,
}: Files): Promise<ListenerCertificate | { readonly problem: string }> {
  try {
    const [certificatePem, keyPem] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile, 'utf8')])
    const [fault] = listenerFaults({ certificatePem, keyPem })
    if (fault === undefined) return { certificatePem, keyPem }
    return { problem: `${fault.path === 'keyPem' ? keyFile : certificateFile}: ${fault.message}` }
  } catch (error) {
    return { problem: `The certificate cannot be read: ${error instanceof Error ? error.message : String(error)}.` }
  }
}
