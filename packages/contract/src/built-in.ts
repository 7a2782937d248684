/** Built-in users: passwords that are kept here, for the target *Built-in users*. Set and reset, never shown. */
import { z } from 'zod'
import { byId, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole, helpDesk } from './roles.ts'
import { newUserPassword, userView } from './users.ts'

const settings = {
  /** True: an NT hash is kept beside a password that is set from then on. It is as good as the password for whoever reads it. */
  allowMschapV2: z.boolean(),
  /** Days after which a password has expired, 1 to 3,650; null: never. */
  maximumAgeDays: z.int('1 to 3,650 days.').min(1, '1 to 3,650 days.').max(3650, '1 to 3,650 days.').nullable(),
}

export const builtInInput = z.strictObject({ ...settings, version })
export type BuiltInInput = z.infer<typeof builtInInput>

export const builtInView = z.object({
  ...settings,
  version,
  /** How many users have a password here, and how many of them can sign in by MS-CHAPv2. */
  usersWithPassword: z.int(),
  usersWithNtHash: z.int(),
})
export type BuiltInView = z.infer<typeof builtInView>

const tag = 'RADIUS Authentication'

export const builtIn = {
  read: endpoint({
    method: 'GET',
    path: '/api/radius/target/built-in',
    summary: 'What built-in users may sign in with, and how many there are.',
    tag,
    access: everyRole,
    response: builtInView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/radius/target/built-in',
    summary: 'Saves; where MS-CHAPv2 is no longer allowed, the NT hashes are gone at once.',
    tag,
    access: administratorsOnly,
    body: builtInInput,
    response: builtInView,
  }),
  setPassword: endpoint({
    method: 'PUT',
    path: '/api/users/:id/password',
    summary: 'Sets a user’s password for the target Built-in users; the one before ends at once.',
    tag: 'Users',
    access: helpDesk,
    params: byId,
    body: newUserPassword,
    response: userView,
  }),
  removePassword: endpoint({
    method: 'DELETE',
    path: '/api/users/:id/password',
    summary: 'Removes a user’s password: they cannot sign in as a built-in user.',
    tag: 'Users',
    access: helpDesk,
    params: byId,
    response: userView,
  }),
}
