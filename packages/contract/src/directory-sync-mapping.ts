/** Which attributes of a directory entry become which fields of a user, and what most directories need. */
import { z } from 'zod'

const attribute = z
  .string()
  .trim()
  .max(64, 'At most 64 characters.')
  .regex(/^[a-z][a-z0-9-]*$/i, 'The name of an attribute, such as mail.')
/** The first that an entry has counts. */
const attributes = z.array(attribute).max(4, 'At most four attributes.')

/** The fields of a user that may come from the directory, in the order in which they are shown. */
export const mappedFields = [
  'username',
  'firstName',
  'lastName',
  'email',
  'description',
  'phone',
  'backupPhone',
] as const
export type MappedField = (typeof mappedFields)[number]

/** A field without attributes is not the directory’s: whoever is allowed to edits it here. */
export const attributeMapping = z.strictObject({
  /** What an entry keeps when it is renamed and moved. */
  uniqueId: attribute,
  username: attributes.min(1, 'Enter the attribute that holds the name to sign in with.'),
  firstName: attributes,
  lastName: attributes,
  email: attributes,
  description: attributes,
  phone: attributes,
  backupPhone: attributes,
})
export type AttributeMapping = z.infer<typeof attributeMapping>

/** Filters and mapping. Whoever signs in as `CORP\alice` or `alice@corp.example` is found by sAMAccountName, too. */
interface SyncDefaults {
  readonly userFilter: string
  readonly groupFilter: string
  readonly containerFilter: string
  readonly mapping: AttributeMapping
}

export const syncDefaults: Readonly<Record<'active-directory' | 'other', SyncDefaults>> = {
  'active-directory': {
    userFilter: '(&(objectCategory=person)(objectClass=user))',
    groupFilter: '(objectClass=group)',
    containerFilter: '(|(objectClass=organizationalUnit)(objectClass=container)(objectClass=domainDNS))',
    mapping: {
      uniqueId: 'objectGUID',
      username: ['sAMAccountName', 'userPrincipalName'],
      firstName: ['givenName'],
      lastName: ['sn'],
      email: ['mail'],
      description: ['description'],
      phone: ['mobile', 'telephoneNumber'],
      backupPhone: ['homePhone', 'ipPhone'],
    },
  },
  other: {
    userFilter: '(objectClass=inetOrgPerson)',
    groupFilter: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))',
    containerFilter:
      '(|(objectClass=organizationalUnit)(objectClass=organization)(objectClass=dcObject)(objectClass=locality))',
    mapping: {
      uniqueId: 'entryUUID',
      username: ['uid'],
      firstName: ['givenName'],
      lastName: ['sn'],
      email: ['mail'],
      description: ['description'],
      phone: ['mobile', 'telephoneNumber'],
      backupPhone: ['homePhone'],
    },
  },
}
