/** How the Windows domain is kept: its JSON, parsed once, its account's password sealed beside it. */
import { z } from 'zod'
import { places } from './sealing/places.ts'
import type { Sealer } from './sealing/sealer.ts'
import type { SettingRow } from './settings-values.ts'
import type { WindowsDomainSettings } from './types.ts'

/** What the contract asks of an input, it asked when this was saved. */
const value = z.object({
  domain: z.string(),
  netbiosName: z.string(),
  controllers: z.array(z.string()),
  tls: z.enum(['ldaps', 'starttls']),
  caPem: z.string().nullable(),
  mschapV2: z.boolean(),
  account: z.object({ username: z.string() }),
})

const unsaved: WindowsDomainSettings = {
  domain: '',
  netbiosName: '',
  controllers: [],
  tls: 'ldaps',
  caPem: null,
  mschapV2: false,
  account: { username: '', password: '' },
  version: 1,
  configured: false,
}

export function windowsDomainSettings(row: SettingRow | undefined, sealer: Sealer): WindowsDomainSettings {
  if (row === undefined) return unsaved
  const { account, ...fields } = value.parse(JSON.parse(row.value))
  const password = row.sealed === null ? '' : sealer.open(row.sealed, places.setting('windows-domain')).toString()
  return { ...fields, account: { ...account, password }, version: row.version, configured: true }
}

/** The JSON for the row, without the password. */
export function windowsDomainJson(settings: Omit<WindowsDomainSettings, 'configured'>): string {
  return JSON.stringify(value.parse(settings))
}
