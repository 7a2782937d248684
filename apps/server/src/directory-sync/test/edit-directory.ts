/** Changes what a test's OpenLDAP holds, as its manager. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

import type { RunningSlapd } from '@sallyport/tooling/servers'

/** Changes in LDIF; an entry without `changetype` is added. Rejects where the server refuses one. */
export async function editDirectory(slapd: RunningSlapd, ...changes: readonly string[]): Promise<void> {
  const args = ['-a', '-x', '-H', slapd.url, '-D', slapd.adminDn, '-w', slapd.adminPassword]
  const child = spawn('ldapmodify', args, { stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdin.end(`${changes.join('\n\n')}\n`)
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`ldapmodify: ${said}`)
}

export interface Person {
  readonly uid: string
  readonly ou?: string
  readonly attributes?: Readonly<Record<string, string>>
}

/** An entry below `ou=people`, or another unit of the directory. */
export function personEntry({ uid, ou = 'people', attributes = {} }: Person): string {
  const all = { cn: uid, sn: 'Example', givenName: uid, mail: `${uid}@sallyport.test`, ...attributes }
  return [
    `dn: uid=${uid},ou=${ou},dc=sallyport,dc=test`,
    'objectClass: inetOrgPerson',
    `uid: ${uid}`,
    ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
  ].join('\n')
}

export function unitEntry(ou: string): string {
  return `dn: ou=${ou},dc=sallyport,dc=test\nobjectClass: organizationalUnit\nou: ${ou}`
}
