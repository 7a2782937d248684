/** The test of a provider: what it says of itself, and whether its keys are there. */
import type { OpenIdTestResult } from '@sallyport/contract'
import type { CustomFetch } from 'openid-client'
import { discover, takenAlgorithms, unreached, type ProviderPlace } from './discover.ts'
import { ProviderUnreachable } from './provider-fetch.ts'

export async function lookAtProvider(place: ProviderPlace): Promise<OpenIdTestResult> {
  const found = await discover(place)
  if (found.outcome === 'failed') return found
  const described = found.configuration.serverMetadata()
  try {
    const keys = await keysAt(described.jwks_uri ?? '', found.ask)
    if (typeof keys === 'string') return { outcome: 'failed', problem: 'no-keys', said: keys }
    return {
      outcome: 'found',
      authorizationEndpoint: described.authorization_endpoint ?? '',
      tokenEndpoint: described.token_endpoint ?? '',
      algorithms: takenAlgorithms(described),
      keys,
    }
  } catch (error) {
    if (error instanceof ProviderUnreachable) return unreached(error)
    return { outcome: 'failed', problem: 'no-keys', said: '' }
  }
}

/** How many there are, or the status that came instead. */
async function keysAt(address: string, ask: CustomFetch): Promise<number | string> {
  const answer = await ask(address, { method: 'GET', headers: {}, body: undefined, redirect: 'manual' })
  if (answer.status !== 200) return String(answer.status)
  const { keys } = (await answer.json()) as { readonly keys?: unknown }
  return Array.isArray(keys) && keys.length > 0 ? keys.length : ''
}
