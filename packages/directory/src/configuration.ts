/** The shape of an LDAP configuration: what the console edits and a target is made from. */

/** How a user's name becomes the DN that is bound. */
export type UserLookup =
  /** Search below the base DN; `{username}` is replaced by the escaped name: `(uid={username})`. */
  | { readonly kind: 'search'; readonly filter: string }
  /** No search: a DN such as `uid={username},ou=people,dc=example,dc=com`, or `{username}@example.com` for Active Directory. */
  | { readonly kind: 'template'; readonly dn: string }

/** The identity that searches. */
export type QueryBind =
  { readonly kind: 'anonymous' } | { readonly kind: 'simple'; readonly dn: string; readonly password: string }

export type TlsMode = 'none' | 'starttls' | 'ldaps'

/** One directory: its servers, how to reach them, and how to find a user. */
export interface LdapConfiguration {
  /** Asked in this order. `ldap://host[:389]`, or `ldaps://host[:636]` with `tls: 'ldaps'`. */
  readonly servers: readonly { readonly url: string }[]
  readonly tls: TlsMode
  /** The authorities that server certificates must chain to, PEM; the system's own where absent. */
  readonly caPem?: string
  /** There is no way to switch verification off. */
  readonly verifyCertificate: true
  readonly baseDn: string
  readonly userLookup: UserLookup
  readonly queryBind: QueryBind
  /** Attributes to return with a user whom a search found; none unless told. */
  readonly userAttributes?: readonly string[]
  /** Milliseconds for TCP and TLS together, 100 to 60,000. */
  readonly connectTimeoutMs: number
  /** Milliseconds for one search or one bind, 100 to 60,000. */
  readonly operationTimeoutMs: number
  /** Most entries that a listing may return; 0 leaves it to the server. */
  readonly sizeLimit: number
}
