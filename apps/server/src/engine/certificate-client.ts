/** Which client a RadSec connection is, by its verified certificate and, where the client has an address, by that too. */
import type { PeerCertificate } from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'

import { ClientTable } from './client-table.ts'

interface Entry {
  readonly client: EngineClient
  readonly comesFromThere: (address: string) => boolean
}

export class CertificateClients {
  readonly #byName = new Map<string, Entry>()

  /** Those without a certificate's name are left out: they ask by UDP alone. */
  constructor(clients: readonly EngineClient[]) {
    for (const client of clients) {
      if (client.certificateName === '') continue
      const { address } = client
      const there = new ClientTable(
        [{ address, nasIdentifier: '', client: true }].filter((each) => each.address !== ''),
      )
      const comesFromThere = (source: string) => address === '' || there.find(source, () => undefined) === true
      this.#byName.set(keyOf(client.certificateName), { client, comesFromThere })
    }
  }

  find(certificate: PeerCertificate, address: string): EngineClient | undefined {
    for (const name of namesOf(certificate)) {
      const entry = this.#byName.get(keyOf(name))
      if (entry?.comesFromThere(address)) return entry.client
    }
    return undefined
  }
}

/** What a certificate says of its owner: fingerprint, alternative names, common name. */
function* namesOf({ fingerprint, alternativeNames, subject }: PeerCertificate): Generator<string> {
  yield fingerprint
  for (const { value } of alternativeNames) yield value
  for (const part of subject.split('\n')) if (part.startsWith('CN=')) yield part.slice('CN='.length)
}

/** Names of hosts know no case; a fingerprint is written with colons or without. */
function keyOf(name: string): string {
  const plain = name.trim().toLowerCase()
  const digits = plain.replaceAll(':', '')
  return /^[0-9a-f]{64}$/.test(digits) ? digits : plain
}
