/** A site at work: a directory, people with tokens, VPN devices, and a server that was configured through its API. */
import { api } from '@sallyport/contract'
import { freeUdpPort, startSlapd } from '@sallyport/tooling/servers'

import { Administrator } from './administrator.ts'
import { furnish } from './furnish.ts'
import { codeOf } from './oath.ts'
import { startProduct, type Product } from './product.ts'
import { checkUsers, uploadUsers } from './user-files.ts'
import { ask, signIn, type Device } from './vpn-device.ts'

/** The key of everybody's token. */
export const tokenSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const withToken = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi']
const withoutToken = ['ivan']
/** In the directory, and not among the users. */
const unknownHere = ['mallory']

export interface Site {
  readonly product: Product
  readonly administrator: Administrator
  readonly device: Device
  /** A second device, which sends from another loopback address. */
  readonly gateway: Device
  readonly accountingPort: number
  readonly clientId: string
  /** An import of tokens that was looked at and not taken. */
  readonly importId: string
  /** Files of users: one whose columns are to be said, one that was looked at. */
  /** A clients.conf that was looked at and not taken over. */
  readonly productImportId: string
  readonly userImportIds: { readonly mapping: string; readonly ready: string }
  /** By user name. */
  readonly userIds: ReadonlyMap<string, string>
  readonly stopDirectory: () => Promise<void>
  readonly remove: () => Promise<void>
}

/**
 * Starts slapd and the product, sets it up, and enables RADIUS.
 * @param environment for the product, beside what every product of a test has
 */
export async function startSite(environment: Readonly<Record<string, string>> = {}): Promise<Site> {
  const people = [...withToken, ...withoutToken, ...unknownHere]
  const directory = await startSlapd({ users: people.map((uid) => ({ uid, password: `${uid}pw` })) })
  const product = await startProduct({ environment }).catch(async (error: unknown) => {
    await directory.remove()
    throw error
  })
  const remove = async () => {
    await product.remove()
    await directory.remove()
  }
  try {
    const administrator = await Administrator.setUp(product)
    await administrator.useLdap(directory)
    const port = await freeUdpPort()
    const device = { port, secret: 'the secret of the office' }
    const gateway = { port, secret: 'the secret of the gateway', address: '127.0.0.2' }
    const clientId = await administrator.addClient(device.secret, { applicationName: 'Office VPN' })
    await administrator.addClient(gateway.secret, { applicationName: 'Remote gateway', address: gateway.address })
    await administrator.addClient('the secret of the branches', {
      applicationName: 'Branch offices',
      address: '192.0.2.0/24',
      messageAuthenticator: 'require',
      vendorProfile: 'strongswan',
    })
    await administrator.addClient('the secret of the shop', {
      applicationName: 'Shop behind NAT',
      address: '192.0.2.77',
      nasIdentifier: 'gp-profile-shop',
      vendorProfile: 'palo-alto',
      limitProxyState: false,
    })
    for (const [attribute, value, groupName] of [
      ['Filter-Id', 'staff', 'vpn'],
      ['Fortinet-Group-Name', 'remote', ''],
      ['Tunnel-Password', 'between the two of us', 'cn=vpn,ou=groups,dc=sallyport,dc=test'],
    ] as const) {
      const rule = { clientId: null, operation: 'replace', tag: 0, enabled: attribute !== 'Tunnel-Password' } as const
      await administrator.call(api.replyRules.create, { body: { ...rule, attribute, value, groupName } })
    }
    const userIds = new Map<string, string>()
    for (const name of withToken) userIds.set(name, await administrator.addUser(name, tokenSecret))
    for (const name of withoutToken) userIds.set(name, await administrator.addUser(name))
    const accountingPort = await freeUdpPort()
    await administrator.enableRadius(port, accountingPort)
    const importId = await furnish(administrator)
    const people = 'Username,First name,PIN,Phone,Colour\nnora,Nora,9074,555-123-4567,blue\nALICE,,,,\n'
    const userImportIds = {
      mapping: (await uploadUsers(administrator, people)).id,
      ready: (await checkUsers(administrator, people)).id,
    }
    const { id: productImportId } = await administrator.call(api.productImports.upload, {
      query: { product: 'freeradius', fileName: 'clients.conf' },
      file: new Blob([clientsConf]),
    })
    const devices = { device, gateway, accountingPort, clientId, importId, userImportIds, productImportId }
    return { product, administrator, ...devices, userIds, stopDirectory: () => directory.stop(), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** What a day brings, one after another, by radclient: each resolves when the device has its answer. */
export function signInsOfADay({ device, gateway }: Site): readonly (() => Promise<unknown>)[] {
  const accepted = (name: string, by: Device) => async () => signIn(by, name, `${name}pw`, await codeOf(tokenSecret))
  return [
    accepted('bob', device),
    accepted('carol', device),
    () => signIn(device, 'dave', 'davpw', ''),
    accepted('dave', device),
    accepted('erin', gateway),
    () => ask(device, 'mallory', 'mallorypw'),
    () => ask({ ...device, address: '127.0.0.99' }, 'alice', 'alicepw'),
    accepted('frank', device),
    async () => signIn(device, 'grace', 'gracepw', otherThan(await codeOf(tokenSecret))),
    accepted('grace', device),
    () => ask(gateway, 'ivan', 'ivanpw'),
    () => ask({ ...gateway, secret: 'mistyped' }, 'heidi', 'heidipw'),
    async () => ask(gateway, 'heidi', `heidipw,${await codeOf(tokenSecret)}`),
    () => ask(device, 'nobody', 'nobodypw'),
    () => signIn(device, 'alice', 'alicpw', ''),
    accepted('alice', device),
  ]
}

function otherThan(code: string): string {
  return code === '000000' ? '111111' : '000000'
}

/** Of every kind of row one: new, here already, refused, not understood. */
const clientsConf = `client branch { ipaddr = 192.0.2.77
  secret = "the secret of a branch" }
client office { ipaddr = 127.0.0.1
  secret = "the secret of the office" }
client weak { ipaddr = 192.0.2.78
  secret = short }
client dormitories { ipaddr = 2001:db8:2:3::/64
  secret = "the secret of the dormitories"
  require_message_authenticator = yes
  virtual_server = inner }
`
