/** Directory Integration › Settings: the LDAP configuration that the *LDAP bind* target uses. */
import { z } from 'zod'
import { line, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'
import { testResult } from './radius.ts'

const milliseconds = z.int().min(500, '0.5 to 30 seconds.').max(30_000, '0.5 to 30 seconds.')

const ldapFields = {
  /** Asked in this order. */
  servers: z
    .array(z.strictObject({ url: line(255).min(1, 'Enter a server, such as ldaps://ldap.example.com.') }))
    .min(1, 'Name at least one server.')
    .max(8, 'At most eight servers.'),
  tls: z.enum(['none', 'starttls', 'ldaps']),
  /** PEM of the authority that signed the servers' certificates; null: the authorities that the system trusts. */
  caPem: z.string().max(64_000, 'At most 64,000 characters of PEM.').nullable(),
  baseDn: line(512),
  userLookup: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('search'),
      filter: line(512).min(1, 'Enter a filter, such as (uid={username}).'),
    }),
    z.strictObject({ kind: z.literal('template'), dn: line(512).min(1, 'Enter a DN with {username} in it.') }),
  ]),
  connectTimeoutMs: milliseconds,
  operationTimeoutMs: milliseconds,
  sizeLimit: z.int().min(1, '1 to 100,000.').max(100_000, '1 to 100,000.'),
}

/** `password` absent keeps the present one, which works only while servers, TLS and bind DN stay as they are. */
export const ldapInput = z.strictObject({
  ...ldapFields,
  queryBind: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('anonymous') }),
    z.strictObject({
      kind: z.literal('simple'),
      dn: line(512).min(1, 'Enter the DN of the account that searches.'),
      password: z.string().min(1).max(256).optional(),
    }),
  ]),
  version,
})
export type LdapInput = z.infer<typeof ldapInput>

export const ldapView = z.object({
  ...ldapFields,
  queryBind: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('anonymous') }),
    z.object({ kind: z.literal('simple'), dn: z.string(), hasPassword: z.boolean() }),
  ]),
  /** False until somebody saved it. */
  configured: z.boolean(),
  version,
})
export type LdapView = z.infer<typeof ldapView>

const tag = 'Directory Integration'

export const directory = {
  readLdap: endpoint({
    method: 'GET',
    path: '/api/directory/ldap',
    summary: 'The LDAP configuration, without its password.',
    tag,
    access: everyRole,
    response: ldapView,
  }),
  changeLdap: endpoint({
    method: 'PUT',
    path: '/api/directory/ldap',
    summary: 'Saves the LDAP configuration; sign-ins use it at once.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: ldapInput,
    response: ldapView,
  }),
  testLdap: endpoint({
    method: 'POST',
    path: '/api/directory/ldap/test',
    summary: 'Tries a configuration, saved or not, and explains each step.',
    tag,
    access: administratorsOnly,
    body: ldapInput,
    response: testResult,
  }),
}
