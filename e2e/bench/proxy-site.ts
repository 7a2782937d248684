/** A site whose passwords are checked by other RADIUS servers: everybody is let in on the password alone. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { api } from '@sallyport/contract'
import { freeUdpPort } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { startProduct, type Product } from '../support/product.ts'
import { heapReportArguments } from './heap.ts'

export interface ProxySite {
  readonly product: Product
  readonly port: number
  close(): Promise<void>
}

export interface ProxySiteOptions {
  /** Of the client and of the servers. */
  readonly secret: string
  /** On 127.0.0.1, in the order in which they are asked. */
  readonly homePorts: readonly number[]
  readonly timeoutSeconds: number
  readonly tries: number
}

export async function startProxySite({ secret, homePorts, ...patience }: ProxySiteOptions): Promise<ProxySite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-bench-'))
  const product = await startProduct({ dataDir, nodeArguments: heapReportArguments })
  const administrator = await Administrator.setUp(product)
  for (const authenticationPort of homePorts) {
    await administrator.call(api.radiusServers.create, {
      body: {
        ...{ host: '127.0.0.1', authenticationPort, accountingPort: null, transport: 'udp', sharedSecret: secret },
        ...{ messageAuthenticator: 'auto', caPem: null, certificatePem: null, ...patience },
      },
    })
  }
  const { version } = await administrator.call(api.radius.readTarget)
  await administrator.call(api.radius.changeTarget, { body: { kind: 'radius', version } })
  await administrator.addClient(secret, { requireUserMatch: false, deviceTimeoutSeconds: 120 })
  const port = await freeUdpPort()
  await administrator.enableRadius(port)
  return {
    product,
    port,
    async close() {
      await product.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
