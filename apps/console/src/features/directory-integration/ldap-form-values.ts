/** What the LDAP form holds, from what is saved, and back to what the server takes. */
import type { LdapInput, LdapView } from '@sallyport/contract'

export type LdapForm = Omit<LdapInput, 'version'>

/** The form's values for a saved configuration; one that nobody saved yet opens with what most sites need. */
export function ldapFormValues(view: LdapView): LdapForm {
  const { servers, tls, caPem, baseDn, userLookup, connectTimeoutMs, operationTimeoutMs, sizeLimit } = view
  return {
    servers: servers.map(({ url }) => ({ url })),
    tls,
    caPem,
    baseDn,
    userLookup,
    connectTimeoutMs,
    operationTimeoutMs,
    sizeLimit,
    queryBind: queryBindOf(view),
  }
}

/** The body of a save or a test: an empty certificate is none. */
export function ldapBody(values: LdapForm, version: number): LdapInput {
  const caPem = values.caPem?.trim() ?? ''
  return { ...values, caPem: caPem === '' ? null : `${caPem}\n`, version }
}

/**
 * Whether the saved bind password may still be used: only while it would go where it went before.
 * The server insists on the same rule.
 */
export function keepsPassword(saved: LdapView, values: LdapForm): boolean {
  return (
    saved.queryBind.kind === 'simple' &&
    saved.queryBind.hasPassword &&
    values.queryBind.kind === 'simple' &&
    values.queryBind.dn === saved.queryBind.dn &&
    values.tls === saved.tls &&
    (values.caPem?.trim() ?? '') === (saved.caPem?.trim() ?? '') &&
    values.servers.map(({ url }) => url).join('\n') === saved.servers.map(({ url }) => url).join('\n')
  )
}

function queryBindOf({ queryBind, configured }: LdapView): LdapForm['queryBind'] {
  if (queryBind.kind === 'simple') return { kind: 'simple', dn: queryBind.dn }
  return configured ? queryBind : { kind: 'simple', dn: '' }
}
