/** What a mapping makes of three people, before anybody is synchronized by it. */
import type { SyncPreview, SyncPreviewInput } from '@sallyport/contract'
import { openDirectoryReader } from '@sallyport/directory'
import type { LdapSettings } from '@sallyport/store'

import { toConfiguration } from '../ldap/to-configuration.ts'
import { attributesFor, mapEntry } from './map-entry.ts'

const shown = 3
const withinMs = 15_000

/** @throws LdapFailure */
export async function preview(ldap: LdapSettings, input: SyncPreviewInput): Promise<SyncPreview> {
  const reader = await openDirectoryReader(toConfiguration(ldap), AbortSignal.timeout(withinMs))
  try {
    const { mapping, countryCode, userFilter, dn } = input
    const { facts } = reader
    const baseDn = dn === '' ? ldap.baseDn : dn
    const attributes = attributesFor({ mapping, facts })
    const { entries } = await reader.page({ baseDn, scope: 'sub', filter: userFilter, attributes, pageSize: shown })
    const people = entries.slice(0, shown).map((entry) => {
      const person = mapEntry(entry, { mapping, countryCode, facts })
      if (!('refused' in person)) {
        const { directoryId, fields, disabled, remark } = person
        return { dn: entry.dn, directoryId, fields: { ...fields }, disabled, remarks: remark === null ? [] : [remark] }
      }
      const { username, reason } = person.refused
      return { dn: entry.dn, directoryId: '', fields: { username }, disabled: false, remarks: [reason] }
    })
    return { kind: facts.kind, people }
  } finally {
    reader.close()
  }
}
