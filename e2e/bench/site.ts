/** A site for the benchmark: many people in a real directory, and the same people with tokens in our database. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { api, companySettings, type CompanySettings, type CreateRadiusClientInput } from '@sallyport/contract'
import { openStore } from '@sallyport/store'
import { freeUdpPort, numberedUsers, startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { startProduct, type Product } from '../support/product.ts'
import { heapReportArguments } from './heap.ts'

export interface Site {
  readonly directory: RunningSlapd
  readonly product: Product
  readonly administrator: Administrator
  readonly port: number
  readonly secret: string
  close(): Promise<void>
}

/** Somebody who is in the database already. */
export interface Person {
  readonly id: string
  readonly username: string
}

export interface SiteOptions {
  /** Called once the people are in the database, before the server starts. */
  readonly prepare?: (dataDir: string, people: readonly Person[]) => void
  readonly client?: Partial<Omit<CreateRadiusClientInput, 'sharedSecret'>>
  readonly company?: Partial<CompanySettings>
}

const actor = { id: null, name: 'benchmark', address: null }

const peopleAtOnce = 10_000

/** Users u1 … u{people}; each token's key is SHA-1 of `totp:` and the user's name, as the load generator has it. */
export async function startSite(people: number, { prepare, client, company }: SiteOptions = {}): Promise<Site> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-bench-'))
  const everybody = await fillDatabase(dataDir, people)
  prepare?.(dataDir, everybody)
  const directory = await startSlapd({
    users: numberedUsers(people),
    databaseLines: ['limits dn.exact="uid=service,dc=sallyport,dc=test" size=unlimited'],
  })
  const product = await startProduct({ dataDir, nodeArguments: heapReportArguments })
  const administrator = await Administrator.setUp(product)
  const [port, secret] = [await freeUdpPort(), 'secret-for-measuring']
  await administrator.useLdap(directory)
  await administrator.addClient(secret, client)
  if (company) await changeCompany(administrator, company)
  await administrator.enableRadius(port)
  return {
    directory,
    product,
    administrator,
    port,
    secret,
    async close() {
      await product.stop()
      await directory.remove()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function changeCompany(administrator: Administrator, changes: Partial<CompanySettings>): Promise<void> {
  // What they come to at this moment is no part of them.
  const before = companySettings.strip().parse(await administrator.call(api.company.read))
  await administrator.call(api.company.change, { body: { ...before, ...changes } })
}

async function fillDatabase(dataDir: string, people: number): Promise<readonly Person[]> {
  const store = await openStore({ dataDir })
  try {
    const names = numberedUsers(people).map(({ uid }) => uid)
    const blank = { firstName: '', lastName: '', email: '', description: '', enabled: true }
    const made: Person[] = []
    for (let from = 0; from < people; from += peopleAtOnce) {
      const some = names.slice(from, from + peopleAtOnce)
      const { ids } = await store.users.createMany(
        some.map((username) => ({ username, ...blank })),
        actor,
      )
      const tokens = some.map((name, index) => ({
        ...({ serialNumber: `B${from + index}`, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const),
        ...{ manufacturer: '', model: '', userId: ids[index] ?? null },
        secret: createHash('sha1').update(`totp:${name}`).digest(),
      }))
      await store.oathTokens.createMany(tokens, actor)
      made.push(...some.map((username, index) => ({ username, id: ids[index] ?? '' })))
    }
    return made
  } finally {
    await store.close()
  }
}
