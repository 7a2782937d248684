/** Sets the sample site up through the API, one call after the other, as an administrator would by hand. */
import { api } from '@sallyport/contract'

import type { Administrator } from './administrator.ts'
import type { SampleDirectory } from './sample-directory.ts'
import { hasToken, type SamplePerson } from './sample-people.ts'

export interface SiteParts {
  readonly directory: Pick<SampleDirectory, 'url' | 'baseDn' | 'query'>
  readonly people: readonly SamplePerson[]
  /** What the VPN device shares with the server. */
  readonly sharedSecret: string
  readonly radiusPort: number
}

export interface Site {
  /** The secrets of the tokens, by user name, in Base32: the server answered each once. */
  readonly tokens: ReadonlyMap<string, string>
}

/** Everything that a first sign-in needs; `report` hears of each thing that is done. */
export async function setUpSite(
  administrator: Administrator,
  { directory, people, sharedSecret, radiusPort }: SiteParts,
  report: (done: string) => void,
): Promise<Site> {
  await configureDirectory(administrator, directory, report)

  const { version } = await administrator.call(api.radius.readTarget)
  await administrator.call(api.radius.changeTarget, { body: { kind: 'ldap', version } })
  report('passwords are checked by a bind to that directory')

  await administrator.call(api.radius.createClient, {
    body: {
      address: '127.0.0.1',
      applicationName: 'Sample VPN',
      sharedSecret,
      requireUserMatch: true,
      messageAuthenticator: 'require',
      factorMode: 'automatic',
      canBeChallenged: true,
      deviceTimeoutSeconds: 60,
      enabled: true,
    },
  })
  report('a RADIUS client, “Sample VPN”, at 127.0.0.1, with a shared secret just drawn')

  const tokens = await addPeople(administrator, people)
  report(`${people.filter(({ part }) => part !== 'not-a-user').length} users and ${tokens.size} OATH tokens`)

  const settings = await administrator.call(api.radius.readSettings)
  const { sockets } = await administrator.call(api.radius.changeSettings, {
    body: {
      enabled: true,
      authenticationPorts: [radiusPort],
      accountingPorts: [],
      accountingSilenceHours: settings.accountingSilenceHours,
      version: settings.version,
    },
  })
  const failed = sockets.find(({ state }) => state === 'failed')
  if (failed || sockets.length === 0) throw new Error(failed?.problem ?? 'RADIUS authentication does not listen.')
  report(`RADIUS authentication is on, at 127.0.0.1, UDP port ${radiusPort}`)
  return { tokens }
}

async function configureDirectory(
  administrator: Administrator,
  { url, baseDn, query }: SiteParts['directory'],
  report: (done: string) => void,
): Promise<void> {
  const { version } = await administrator.call(api.directory.readLdap)
  const body = {
    servers: [{ url }],
    tls: 'none' as const,
    caPem: null,
    baseDn,
    userLookup: { kind: 'search' as const, filter: '(uid={username})' },
    queryBind: { kind: 'simple' as const, ...query },
    connectTimeoutMs: 5_000,
    operationTimeoutMs: 5_000,
    sizeLimit: 1_000,
    version,
  }
  const test = await administrator.call(api.directory.testLdap, { body })
  if (!test.ok) throw new Error(test.steps.find(({ ok }) => !ok)?.message ?? 'The directory test failed.')
  await administrator.call(api.directory.changeLdap, { body })
  report(`the LDAP configuration, tested: ${test.steps.map(({ step }) => step).join(', ')}`)
}

async function addPeople(
  administrator: Administrator,
  people: readonly SamplePerson[],
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>()
  for (const person of people) {
    if (person.part === 'not-a-user') continue
    const { username, firstName, lastName, email, part } = person
    const user = await administrator.call(api.users.create, {
      body: { username, firstName, lastName, email, description: 'Sample site', enabled: part !== 'disabled' },
    })
    if (!hasToken(person)) continue
    const { enrolment } = await administrator.call(api.oathTokens.create, {
      body: {
        serialNumber: `SAMPLE-${username.toUpperCase()}`,
        algorithm: 'SHA-1',
        digits: 6,
        stepSeconds: 30,
        manufacturer: '',
        model: '',
        userId: user.id,
      },
    })
    if (!enrolment) throw new Error(`The server drew no secret for the token of ${username}.`)
    tokens.set(username, enrolment.secret)
  }
  return tokens
}
