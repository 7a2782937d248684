/** VPN devices that account for their sessions, by Debian's radclient. */
import { api, type VpnSessionRow } from '@sallyport/contract'
import { radclient } from '@sallyport/tooling/servers'

import type { Site } from './site.ts'

const wrongEnd = 'Acct-Terminate-Cause = Idle-Timeout'

/** Accounts for what went before: people who are connected, one who left, one whose device dropped them. */
export async function accountForADay(site: Site): Promise<void> {
  const account = async (...attributes: readonly string[]) => {
    const request = { host: '127.0.0.1', port: site.accountingPort, secret: site.device.secret, code: 'acct' } as const
    const { reply, output } = await radclient({ ...request, attributes: ['NAS-Identifier = "fw1"', ...attributes] })
    if (reply?.code !== 'Accounting-Response') throw new Error(output)
  }
  const people = [...site.userIds.keys()].slice(0, 6)
  for (const [index, name] of people.entries()) {
    const session = [`User-Name = "${name}"`, `Acct-Session-Id = "0000A${index}"`]
    const addresses = [`Framed-IP-Address = 10.8.0.${index + 7}`, `Calling-Station-Id = "198.51.100.${index + 7}"`]
    const counted = [`Acct-Session-Time = ${(index + 1) ** 4}`, `Acct-Input-Octets = ${(index + 2) ** 11}`]
    await account(...session, ...addresses, 'Acct-Status-Type = Start', `Acct-Delay-Time = ${(index + 1) ** 4}`)
    await account(...session, ...counted, 'Acct-Status-Type = Interim-Update', 'Acct-Output-Octets = 1500000000')
    if (index >= 4) await account(...session, ...counted, 'Acct-Status-Type = Stop', wrongEnd)
  }
}

/** The session of a user of the site, once it is in the report. */
export async function sessionOf(site: Site, username: string): Promise<VpnSessionRow> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const { rows } = await site.administrator.call(api.vpnSessions.list, { query: { username, limit: 1 } })
    if (rows[0]) return rows[0]
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no VPN session of ${username}`)
}
