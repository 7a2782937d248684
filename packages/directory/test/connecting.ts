/** A connection without pool, health or target around it, for tests of the connection itself. */
import { type TlsMode } from '../src/configuration.ts'
import { createConnection, type LdapConnection } from '../src/connection.ts'
import { openSocket } from '../src/socket.ts'
import { parseLdapUrl } from '../src/url.ts'
import { prepareSearch, type PreparedSearch } from '../src/wire/encode.ts'
import { parseFilter } from '../src/wire/filter.ts'

export async function connectTo(url: string, tls: TlsMode = 'none'): Promise<LdapConnection> {
  const address = parseLdapUrl(url)
  if ('problem' in address) throw new Error(address.problem)
  return createConnection(await openSocket({ address, tls, trust: undefined, timeoutMs: 2_000 }))
}

/** A search below a base DN. */
export function searchFor(
  baseDn: string,
  text = '(objectClass=*)',
  changes: {
    readonly scope?: 'base' | 'sub'
    readonly attributes?: readonly string[]
    readonly sizeLimit?: number
  } = {},
): PreparedSearch {
  const filter = parseFilter(text)
  if (!filter) throw new Error(`“${text}” is no filter`)
  return prepareSearch({ baseDn, scope: 'sub', filter, attributes: ['*'], sizeLimit: 1_000, ...changes })
}
