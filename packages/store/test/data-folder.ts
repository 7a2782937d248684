/** A data folder of its own for each test, and the makings of what goes into it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../src/index.ts'
import type { Actor, RadiusClientFields, Store, TokenFields, UserFields } from '../src/types.ts'

export const actor: Actor = { id: null, name: 'ada', address: '192.0.2.1' }
export const secret = 'a shared secret of the tests'

export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An open store that closes when the test ends. */
export async function testStore(dataDir = dataFolder(), clock?: () => Date): Promise<Store> {
  const store = await openStore({ dataDir, ...(clock === undefined ? {} : { clock }) })
  onTestFinished(() => store.close())
  return store
}

export function clientFields(fields: Partial<RadiusClientFields> = {}): RadiusClientFields {
  return {
    address: '192.0.2.10',
    nasIdentifier: '',
    certificateName: '',
    applicationName: 'VPN',
    vendorProfile: 'other',
    requireUserMatch: false,
    messageAuthenticator: 'auto',
    limitProxyState: true,
    factorMode: 'automatic',
    canBeChallenged: true,
    deviceTimeoutSeconds: 60,
    allowedMethods: [],
    fallbackOath: false,
    pushWithoutNumber: false,
    enabled: true,
    ...fields,
  }
}

export function userFields(username: string, fields: Partial<UserFields> = {}): UserFields {
  return { username, firstName: '', lastName: '', email: '', description: '', enabled: true, ...fields }
}

export function tokenFields(serialNumber: string, fields: Partial<TokenFields> = {}): TokenFields {
  return {
    serialNumber,
    algorithm: 'SHA-1',
    digits: 6,
    stepSeconds: 30,
    manufacturer: '',
    model: '',
    userId: null,
    ...fields,
  }
}

/** The value of a change that was made. */
export function made<T>(
  change: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string },
): T {
  if (!change.ok) throw new Error(`not made: ${change.problem}`)
  return change.value
}
