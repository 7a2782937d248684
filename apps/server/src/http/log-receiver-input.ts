/** What a log receiver's input lacks, and which stored secrets it may go on with. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { CreateLogReceiverInput, FieldProblem, LogReceiverConfiguration } from '@sallyport/contract'
import type { LogReceiverRecord, LogReceiverSecrets } from '@sallyport/store'
import { readCertificates } from '../certificates/certificates.ts'

/** An input without empty texts: what was left empty is not there. */
export function completed<Input extends CreateLogReceiverInput>(input: Input): Input {
  const { configuration, privateKey } = input
  const pem = (text: string | null) => (text === null || text === '' ? null : `${text}\n`)
  return {
    ...input,
    privateKey: privateKey === undefined || privateKey === '' ? undefined : `${privateKey}\n`,
    configuration: {
      ...configuration,
      ...('caPem' in configuration ? { caPem: pem(configuration.caPem) } : {}),
      ...('certificatePem' in configuration ? { certificatePem: pem(configuration.certificatePem) } : {}),
    },
  }
}

/** A secret that is stored goes on only to the server that it was entered for. */
export function keptSecrets(
  input: CreateLogReceiverInput,
  present: LogReceiverRecord,
): readonly (keyof LogReceiverSecrets)[] {
  const { configuration } = input
  const kept: (keyof LogReceiverSecrets)[] = []
  if (needsHeader(configuration) && isSameDestination(configuration, present.configuration)) kept.push('headerValue')
  if (needsKey(configuration)) kept.push('privateKey')
  return kept
}

export function logReceiverProblems(
  input: CreateLogReceiverInput,
  present?: LogReceiverRecord,
): readonly FieldProblem[] {
  const { configuration } = input
  const problems: FieldProblem[] = []
  const note = (path: string, message: string) => problems.push({ path, message })
  const kept = present === undefined ? [] : keptSecrets(input, present)
  if (!(input.signIns || input.questions || input.changes || input.accounting)) {
    note('signIns', 'Choose at least one thing to send.')
  }
  if ('caPem' in configuration && configuration.caPem !== null && !readCertificates(configuration.caPem)?.length) {
    note('configuration.caPem', 'Paste a certificate as PEM: it begins with -----BEGIN CERTIFICATE-----.')
  }
  if (needsHeader(configuration)) {
    const hasKept = kept.includes('headerValue') && present?.hasHeaderValue === true
    if (input.headerValue === undefined && !hasKept) {
      const moved = present?.hasHeaderValue === true
      note('headerValue', moved ? 'The URL or the header is another one: enter the value again.' : 'Enter the value.')
    }
  } else if (input.headerValue !== undefined) {
    note('configuration.headerName', 'Enter the name of the header that has this value.')
  }
  if (needsKey(configuration)) {
    const isSame =
      present?.hasPrivateKey === true &&
      'certificatePem' in present.configuration &&
      present.configuration.certificatePem === configuration.certificatePem
    if (!readCertificates(configuration.certificatePem)?.length) {
      note('configuration.certificatePem', 'Paste a certificate as PEM: it begins with -----BEGIN CERTIFICATE-----.')
    } else if (input.privateKey === undefined ? !isSame : !fits(input.privateKey, configuration.certificatePem)) {
      note('privateKey', 'Paste the unencrypted private key of this certificate, as PEM.')
    }
  }
  return problems
}

/** The secret that a receiver cannot do without. */
export function neededSecret(configuration: LogReceiverConfiguration): keyof LogReceiverSecrets | null {
  if (needsHeader(configuration)) return 'headerValue'
  return needsKey(configuration) ? 'privateKey' : null
}

function needsHeader(configuration: LogReceiverConfiguration): boolean {
  return configuration.transport === 'https' && configuration.headerName !== null
}

type WithCertificate = Extract<LogReceiverConfiguration, { transport: 'tls' }> & { readonly certificatePem: string }

function needsKey(configuration: LogReceiverConfiguration): configuration is WithCertificate {
  return configuration.transport === 'tls' && configuration.certificatePem !== null
}

/** Who answers there, and by whose word, is the same; a path of the same server may change. */
function isSameDestination(one: LogReceiverConfiguration, other: LogReceiverConfiguration): boolean {
  if (one.transport !== 'https' || other.transport !== 'https') return false
  const isSameServer = new URL(one.url).origin === new URL(other.url).origin
  return isSameServer && one.headerName === other.headerName && one.caPem === other.caPem
}

function fits(key: string, certificatePem: string): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}
