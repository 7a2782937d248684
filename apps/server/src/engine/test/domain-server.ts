/** A whole server whose target is a real Windows domain, with a user here and a token for each of the domain's, for tests. */
import type { Store, UserFields } from '@sallyport/store'
import { startSambaAd, type RunningSambaAd, type SambaGroup, type SambaUser } from '@sallyport/tooling/servers'

import { totpCode } from '../../oath/totp.ts'
import { respond } from '../../test/mschap-client.ts'
import { actor, startTestServer, type Answer, type TestServer } from '../../test/running-server.ts'

export const domainPassword = 'Four plain words 1'
const servicePassword = 'Service words 1'
const seed = Buffer.from('12345678901234567890')
const person: Omit<UserFields, 'username'> = {
  firstName: '',
  lastName: '',
  email: '',
  description: '',
  enabled: true,
}

type DomainSettings = Awaited<ReturnType<Store['windowsDomain']['settings']>>

export interface DomainServer extends TestServer {
  readonly domain: RunningSambaAd
  readonly byPap: (name: string, typed?: string) => Promise<Answer>
  /** `hashed` is the name that goes into the response. */
  readonly byMschap: (name: string, typed?: string, hashed?: string) => Promise<Answer>
  readonly remove: () => Promise<void>
}

export interface DomainServerOptions {
  /** What differs from LDAPS to the controller by its address, with MS-CHAPv2. */
  readonly settings?: Partial<DomainSettings>
  readonly groups?: readonly SambaGroup[]
  /** What else is saved before the server starts. */
  readonly prepare?: (store: Store) => Promise<void>
}

export async function startDomainServer(
  users: readonly Omit<SambaUser, 'password'>[],
  { settings = {}, groups = [], prepare }: DomainServerOptions = {},
): Promise<DomainServer> {
  const known = users.map((user) => ({ ...user, password: domainPassword }))
  const domain = await startSambaAd([{ name: 'svc', password: servicePassword }, ...known], groups)
  const server = await startTestServer(async (store) => {
    const { netbiosName, address, caPem } = domain
    const before = await store.windowsDomain.settings()
    const account = { username: `${netbiosName}\\svc`, password: servicePassword }
    const usual = { netbiosName, tls: 'ldaps', caPem, mschapV2: true, account } as const
    const saved = { ...before, domain: domain.domain, controllers: [address], ...usual }
    await store.windowsDomain.changeSettings({ ...saved, ...settings }, actor)
    await prepare?.(store)
    await store.settings.changeTarget({ kind: 'windows-domain', version: 1 }, actor)
    for (const { name: username } of users) {
      const added = await store.users.create({ ...person, username }, actor)
      if (!added.ok) throw new Error(added.problem)
      const token = { algorithm: 'SHA-1', digits: 6, stepSeconds: 30, manufacturer: '', model: '' } as const
      const userId = added.value.id
      await store.oathTokens.create({ ...token, serialNumber: username, userId, secret: seed }, actor)
    }
  }, domain.binFolder)
  const { ask } = server
  return {
    ...server,
    domain,
    byPap: (name, typed = domainPassword) => ask(as(name), pap(typed)),
    byMschap: (name, typed = domainPassword, hashed = name) => ask(as(name), ...respond(typed, hashed).lines),
    async remove() {
      await server.close()
      await domain.remove()
    },
  }
}

/** The code that every token of a {@link startDomainServer} shows now. */
export const codeNow = () => totpCode({ secret: seed, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
export const as = (name: string) => `User-Name = "${name.replaceAll('\\', '\\\\')}"`
export const pap = (typed: string) => `User-Password = "${typed}"`
export const stateOf = (answer: Answer) => `State = ${answer.get('State') ?? ''}`
