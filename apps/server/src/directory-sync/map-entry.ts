/** What the mapping makes of a directory entry: a person, or why it cannot be anybody. */
import { mappedFields, type AttributeMapping, type MappedField, type SyncReason } from '@sallyport/contract'
import { valuesOf, type DirectoryEntry, type DirectoryFacts } from '@sallyport/directory'
import { usernameKey, type SeenPerson, type StagedPerson } from '@sallyport/store/directory-sync'
import { z } from 'zod'

import { parsePhone } from '../phone-number.ts'

export interface MapOptions {
  readonly mapping: AttributeMapping
  /** Of telephone numbers that have none. */
  readonly countryCode: string
  readonly facts: DirectoryFacts
}

type Refused = { readonly refused: { readonly dn: string; readonly username: string; readonly reason: SyncReason } }

/** By which change an entry is told apart from what it was; OpenLDAP’s own is exact, the time of a change is to the second. */
const stamps = ['entryCSN', 'modifyTimestamp'] as const
const usnStamp = 'uSNChanged'
/** Active Directory; 389 Directory Server; OpenLDAP’s password policy. */
const disabling = ['userAccountControl', 'nsAccountLock', 'pwdAccountLockedTime'] as const
/** [MS-ADTS] §2.2.16: ADS_UF_ACCOUNTDISABLE. */
const accountDisable = 2
const lockedForGood = '000001010000Z'
const longest: Readonly<Record<Exclude<MappedField, 'phone' | 'backupPhone'>, number>> = {
  username: 253,
  firstName: 64,
  lastName: 64,
  email: 254,
  description: 256,
}
const longestId = 128
const emailAddress = z.email()
const extensionOf = { phone: 'phoneExtension', backupPhone: 'backupExtension' } as const

/** What a search has to ask for, so that {@link mapEntry} can say who it is. */
export function attributesFor({ mapping, facts }: Omit<MapOptions, 'countryCode'>): readonly string[] {
  const mapped = mappedFields.flatMap((field) => mapping[field])
  return [...new Set([...seenAttributesFor({ mapping, facts }), ...mapped, ...disabling])]
}

/** What a search has to ask for, so that {@link seenPerson} can say whether somebody changed. */
export function seenAttributesFor({ mapping, facts }: Omit<MapOptions, 'countryCode'>): readonly string[] {
  return [mapping.uniqueId, ...(facts.kind === 'active-directory' ? [usnStamp] : stamps)]
}

/** Undefined where nothing tells the entry apart from one that takes its name. */
export function seenPerson(
  entry: DirectoryEntry,
  { mapping, facts }: Omit<MapOptions, 'countryCode'>,
): SeenPerson | undefined {
  const directoryId = clean(valuesOf(entry, mapping.uniqueId)[0] ?? '').toLowerCase()
  // U+FFFD: the value was no text.
  if (directoryId === '' || directoryId.length > longestId || directoryId.includes('\ufffd')) return undefined
  return { directoryId, dn: entry.dn, stamp: stampOf(entry, facts) }
}

export function mapEntry(entry: DirectoryEntry, options: MapOptions): StagedPerson | Refused {
  const { mapping, countryCode } = options
  const first = (field: MappedField) =>
    mapping[field].map((name) => clean(valuesOf(entry, name)[0] ?? '')).find((value) => value !== '') ?? ''
  const username = first('username')
  const seen = seenPerson(entry, options)
  const refused = (reason: SyncReason): Refused => ({ refused: { dn: entry.dn, username, reason } })
  if (seen === undefined) return refused('no-unique-id')
  if (username.length > longest.username || usernameKey(username) === '') return refused('no-username')

  const fields: Record<string, string> = { username }
  let remark: SyncReason | null = null
  for (const field of ['firstName', 'lastName', 'email', 'description'] as const) {
    if (mapping[field].length > 0) fields[field] = first(field).slice(0, longest[field]).trim()
  }
  if (fields['email'] !== undefined && !emailAddress.safeParse(fields['email']).success) fields['email'] = ''
  for (const field of ['phone', 'backupPhone'] as const) {
    if (mapping[field].length === 0) continue
    const texts = mapping[field].flatMap((name) => valuesOf(entry, name).map(clean)).filter((text) => text !== '')
    const numbers = texts.map((text) => parsePhone(text, countryCode)).filter((number) => number !== undefined)
    // A number that cannot be called does not take the place of one that can.
    if (numbers.length === 0 && texts.length > 0) remark = 'bad-phone'
    else {
      fields[field] = numbers[0]?.number ?? ''
      fields[extensionOf[field]] = numbers[0]?.extension ?? ''
    }
  }
  return { ...seen, fields, disabled: isDisabled(entry), remark }
}

/** Numbers of changes are one server’s own, and start anew with its database: whose number it is belongs to it. */
function stampOf(entry: DirectoryEntry, { kind, changes }: DirectoryFacts): string {
  if (kind === 'active-directory') {
    const [usn = ''] = valuesOf(entry, usnStamp)
    return changes === undefined || usn === '' ? '' : `${changes.invocationId}:${usn}`
  }
  return stamps.map((name) => valuesOf(entry, name)[0]).find((stamp) => stamp !== undefined) ?? ''
}

function isDisabled(entry: DirectoryEntry): boolean {
  const [control = '0', lock = '', lockedTime = ''] = disabling.map((name) => valuesOf(entry, name)[0])
  return (Number(control) & accountDisable) !== 0 || lock.toLowerCase() === 'true' || lockedTime === lockedForGood
}

function clean(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}
