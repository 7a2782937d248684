/** Reads a server's address from `ldap://host[:port]` or `ldaps://host[:port]`. */
import { isIP } from 'node:net'

/** Where a server listens. */
export interface LdapAddress {
  readonly secure: boolean
  /** A name or an address; IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** The address in its shortest form, as outcomes and health name it. */
  readonly url: string
}

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i

/**
 * Parses the part of an LDAP URL that names a server.
 * @returns the address, or a sentence that names the fault and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc4516#section-2 RFC 4516 §2}
 */
export function parseLdapUrl(text: string): LdapAddress | { readonly problem: string } {
  const trimmed = text.trim()
  const match = /^(ldaps?):\/\/(\[[^\]]*\]|[^/:?#[\]@\s]+)(?::(\d{1,5}))?\/?$/i.exec(trimmed)
  if (!match) return { problem: explain(trimmed) }
  const secure = match[1]?.toLowerCase() === 'ldaps'
  const bracketed = match[2] ?? ''
  const host = bracketed.replace(/^\[|\]$/g, '').toLowerCase()
  const isAddress = bracketed.startsWith('[') ? isIP(host) === 6 : isIP(host) === 4 || hostName.test(host)
  if (!isAddress) return { problem: `“${bracketed}” is not a host name or an IP address.` }
  const usual = secure ? 636 : 389
  const port = match[3] === undefined ? usual : Number(match[3])
  if (port < 1 || port > 65_535) return { problem: `Port ${port} does not exist: use 1 to 65535, usually ${usual}.` }
  const name = isIP(host) === 6 ? `[${host}]` : host
  return { secure, host, port, url: `${secure ? 'ldaps' : 'ldap'}://${name}:${port}` }
}

function explain(text: string): string {
  if (text === '') return 'Enter the server’s address, such as ldap://dc1.example.com.'
  // Before anything is quoted: it may hold a password.
  if (text.includes('@')) return 'The address must not hold a user name or password: they have fields of their own.'
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  if (!/^ldaps?:\/\//i.test(text)) {
    const isWrongScheme = text.includes('://') && scheme !== 'ldap' && scheme !== 'ldaps'
    if (isWrongScheme) return `“${text}” does not start with ldap:// or ldaps://.`
    return `“${text}” is not an address of a directory server: write ldap:// or ldaps:// before the host, such as ldap://dc1.example.com.`
  }
  const path = /^ldaps?:\/\/[^/]*\/./i.test(text) || /[?#]/.test(text)
  if (path)
    return 'Only the host and port belong into the address: the base DN and the filter have fields of their own.'
  return `“${text}” is not an address of a directory server: write it like ldap://dc1.example.com or ldaps://10.0.0.5:636.`
}
