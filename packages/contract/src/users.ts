/** Users: the people who sign in through RADIUS clients. */
import { z } from 'zod'
import { byId, id, line, pageOf, pageQuery, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole, helpDesk } from './roles.ts'
import { factorKind } from './sign-in.ts'

export const username = line(253).min(1, 'Enter the name that this person signs in with.')

const userFields = {
  username,
  firstName: line(64),
  lastName: line(64),
  email: z.union([z.literal(''), z.email('Enter an address such as name@example.com, or leave it empty.').max(254)]),
  description: line(256),
  /** Disabled: refused, whatever the directory says. */
  enabled: z.boolean(),
}

/**
 * A password that a user is given. NIST SP 800-63B §3.1.1: length is what counts. At most 120 octets, for User-Password holds
 * 128 (RFC 2865 §5.2), and a code may follow the password there. Never read back.
 */
export const userPassword = z
  .string()
  .min(12, 'Use at least 12 characters; a few unrelated words do well.')
  .refine((text) => new TextEncoder().encode(text).length <= 120, 'At most 120 octets: a RADIUS request holds no more.')
  .regex(/^[^\p{Cc}]*$/u, 'Control characters (tabs, line breaks) cannot be used here.')
  .refine((text) => new Set(text).size >= 5, 'Use at least five different characters.')
export const newUserPassword = z.strictObject({
  password: userPassword,
  /** The next sign-in has to bring another one: possible by MS-CHAPv2 only; refused otherwise. */
  mustChange: z.boolean(),
})
export type NewUserPassword = z.infer<typeof newUserPassword>

/** `password` absent: they have none here, and the directory keeps it. */
export const createUserInput = z.strictObject({ ...userFields, password: newUserPassword.optional() })
export type CreateUserInput = z.infer<typeof createUserInput>
export const changeUserInput = z.strictObject({ ...userFields, version })
export type ChangeUserInput = z.infer<typeof changeUserInput>

export const userView = z.object({
  ...userFields,
  email: z.string(),
  id,
  tokenCount: z.int(),
  /** Until when wrong codes have locked this user's second factor; null: not locked. */
  factorLockedUntil: timestamp.nullable(),
  lastSignInAt: timestamp.nullable(),
  /** The password that is kept here, as far as anybody may know it; null: none is. */
  password: z.object({ changedAt: timestamp, mustChange: z.boolean(), hasNtHash: z.boolean() }).nullable(),
  /** Their own methods in their order; [] for Company Settings'. */
  factorMethods: z.array(factorKind),
  phone: z.string(),
  deviceCount: z.int(),
  hasPin: z.boolean(),
  /** The block that is in force; `until` null: until somebody unblocks. */
  block: z.object({ until: timestamp.nullable() }).nullable(),
  /** Where the directory has them; null: they do not come from there. */
  directory: z.object({ dn: z.string(), disabled: z.boolean() }).nullable(),
  /** The file that they came with; null: with none. */
  importId: id.nullable(),
  createdAt: timestamp,
  version,
})
export type UserView = z.infer<typeof userView>

export const userSort = z.enum(['username', 'lastName', 'lastSignInAt'])
/** `without-factor`: no token, no device, no phone. */
export const userStanding = z.enum(['blocked', 'locked', 'bypassed', 'must-change-pin', 'without-factor'])
export type UserStanding = z.infer<typeof userStanding>
/** Where users come from: the directory, a file, or an administrator's hand. */
export const userSource = z.enum(['directory', 'csv', 'hand'])
export type UserSource = z.infer<typeof userSource>
export const userListQuery = z.strictObject({
  ...pageQuery,
  /** Matches the beginning of username, names, e-mail and phone numbers (these from the country code on). */
  search: z.string().trim().max(200).optional(),
  enabled: z.enum(['true', 'false']).optional(),
  /** One of their own methods. */
  method: factorKind.optional(),
  standing: userStanding.optional(),
  source: userSource.optional(),
  sort: userSort.default('username'),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
})
export type UserListQuery = z.infer<typeof userListQuery>

const tag = 'Users'

export const users = {
  list: endpoint({
    method: 'GET',
    path: '/api/users',
    summary: 'A page of users.',
    tag,
    access: everyRole,
    query: userListQuery,
    response: pageOf(userView),
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/users/:id',
    summary: 'One user.',
    tag,
    access: everyRole,
    params: byId,
    response: userView,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/users',
    summary: 'Adds a user.',
    tag,
    access: helpDesk,
    body: createUserInput,
    response: userView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/users/:id',
    summary: 'Changes a user.',
    tag,
    access: helpDesk,
    params: byId,
    body: changeUserInput,
    response: userView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/users/:id',
    summary: 'Removes a user with their apps; their other tokens stay, unassigned.',
    tag,
    access: helpDesk,
    params: byId,
    query: versionQuery,
  }),
  unlockFactor: endpoint({
    method: 'POST',
    path: '/api/users/:id/unlock',
    summary: 'Lifts the lock that wrong codes put on this user’s second factor.',
    tag,
    access: helpDesk,
    params: byId,
    response: userView,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/users/export.csv',
    summary: 'All users as CSV that the import reads; nothing in it runs in a spreadsheet.',
    tag,
    access: everyRole,
    stream: 'text/csv',
  }),
}
