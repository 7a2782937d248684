/** The target *Windows domain*: which domain, how its controllers are found, and the account that looks people up. */
import { z } from 'zod'
import { line, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { testResult } from './radius.ts'
import { administratorsOnly, everyRole } from './roles.ts'

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i

const domainFields = {
  /** The domain’s DNS name: `corp.example.com`. */
  domain: line(253)
    .regex(hostName, 'Enter the domain’s DNS name, such as corp.example.com.')
    .transform((name) => name.toLowerCase()),
  /** Its NetBIOS name, as before the backslash: `CORP`. */
  netbiosName: line(15).regex(/^[^\\/:*?"<>|@\s]+$/, 'Enter the name before the backslash, such as CORP.'),
  /** Host names or addresses, asked in this order; none: the domain’s DNS says which there are. */
  controllers: z
    .array(line(253).regex(/^(?:[a-z0-9_.-]+|\[?[0-9a-f:]+\]?)$/i, 'Enter a host name or an address.'))
    .max(8, 'At most eight domain controllers.'),
  tls: z.enum(['ldaps', 'starttls']),
  /** PEM of the authority that signed the controllers’ certificates; null: the authorities that the system trusts. */
  caPem: z.string().max(64_000, 'At most 64,000 characters of PEM.').nullable(),
  /** Check MS-CHAPv2 by Samba’s ntlm_auth and winbind on this machine. */
  mschapV2: z.boolean(),
}
const accountName = line(253).regex(
  /^(?:[^\\@]+\\[^\\@]+|[^\\@]+@[^\\@]+)$/,
  'Enter the account as DOMAIN\\user or user@corp.example.com.',
)

/** `password` absent keeps the present one, which works only while what it is sent to stays as it is. */
export const windowsDomainInput = z.strictObject({
  ...domainFields,
  account: z.strictObject({ username: accountName, password: z.string().min(1).max(256).optional() }),
  version,
})
export type WindowsDomainInput = z.infer<typeof windowsDomainInput>

export const windowsDomainView = z.object({
  ...domainFields,
  domain: z.string(),
  netbiosName: z.string(),
  account: z.object({ username: z.string(), hasPassword: z.boolean() }),
  /** False until somebody saved it. */
  configured: z.boolean(),
  version,
})
export type WindowsDomainView = z.infer<typeof windowsDomainView>

const tag = 'RADIUS Authentication'

export const windowsDomain = {
  read: endpoint({
    method: 'GET',
    path: '/api/radius/target/windows-domain',
    summary: 'The Windows domain, without its account’s password.',
    tag,
    access: everyRole,
    response: windowsDomainView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/radius/target/windows-domain',
    summary: 'Saves the Windows domain; sign-ins use it at once where it is the target.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: windowsDomainInput,
    response: windowsDomainView,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/radius/target/windows-domain/test',
    summary: 'Tries a Windows domain, saved or not, and says what is missing, on this machine too.',
    tag,
    access: administratorsOnly,
    body: windowsDomainInput,
    response: testResult,
  }),
}
