/** Where a listener's certificate comes from: what was chosen in the console goes before what the environment says. */
import type { ListenerCertificateSettings } from '@sallyport/store'
import { readCertificateFiles, type CertificateFiles } from './certificate-files.ts'
import type { Wanted } from './listener-certificate.ts'

/** @param environment the files that it names; null: none. Null is the answer where nothing was chosen either: no TLS. */
export async function wantedCertificate(
  environment: CertificateFiles | null,
  settings: ListenerCertificateSettings,
): Promise<Wanted | null> {
  const { source } = settings
  if (source === 'pasted' || source === 'self-signed') {
    return { source, certificatePem: settings.certificatePem, keyPem: settings.keyPem }
  }
  const files = source === 'files' ? settings : environment
  if (files === null) return null
  const read = await readCertificateFiles(files)
  return 'problem' in read ? { source, problem: read.problem } : { source, ...read }
}
