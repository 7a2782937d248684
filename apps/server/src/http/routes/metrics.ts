/** The token of the metrics: made, shown once, and revoked. */
import type { api, MetricsView } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { Handlers } from '../handlers.ts'
import { metricsPath } from '../metrics/serve-metrics.ts'
import { hashOfToken } from '../session/token-hash.ts'

export interface MetricsRouteDependencies {
  readonly store: Pick<Store, 'metricsToken'>
  readonly random: (lengthBytes: number) => Uint8Array
}

const tokenBytes = 32

export function metricsHandlers({ store, random }: MetricsRouteDependencies): Handlers<typeof api.metrics> {
  const view = async (): Promise<MetricsView> => {
    const madeAt = await store.metricsToken.madeAt()
    return { path: metricsPath, madeAt: madeAt?.toISOString() ?? null }
  }
  return {
    read: view,
    async makeToken({ caller }) {
      const token = Buffer.from(random(tokenBytes)).toString('base64url')
      await store.metricsToken.put(hashOfToken(token), caller.actor)
      return { ...(await view()), token }
    },
    async revokeToken({ caller }) {
      await store.metricsToken.put(null, caller.actor)
      return undefined
    },
  }
}
