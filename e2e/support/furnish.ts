/** What a site has beside people and devices: gateways of each kind, one that nobody answers for, servers, an import of tokens. */
import { api, type CreateGatewayInput } from '@sallyport/contract'

import type { Administrator } from './administrator.ts'

/** Nothing listens there: the discard port of this machine. */
const deadPort = 9
const secret = 'what we show the gateway'
const key = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

const gateways: readonly CreateGatewayInput[] = [
  {
    ...{ name: 'Message centre', enabled: true, secret },
    configuration: {
      ...{
        type: 'smpp',
        host: '127.0.0.1',
        port: deadPort,
        tls: false,
        caPem: null,
        systemId: 'office',
        systemType: '',
      },
      ...{
        sender: 'Sallyport',
        binds: 'transceiver',
        defaultAlphabet: 'gsm',
        receipts: true,
        window: 10,
        enquireSeconds: 60,
        timeoutSeconds: 2,
      },
    },
  },
  {
    ...{ name: 'Web service of the carrier, in reserve', enabled: false, secret },
    configuration: {
      ...{
        type: 'twilio-sms',
        accountSid: `AC${'0'.repeat(32)}`,
        apiUrl: 'https://api.example.com',
        timeoutSeconds: 10,
      },
      ...{ sender: '+4930123456', callbackUrl: null },
    },
  },
  {
    ...{ name: 'Calls', enabled: true, secret },
    configuration: {
      ...{ type: 'http-voice', url: 'https://calls.example.com/call', caPem: null, timeoutSeconds: 10 },
      callbackUrl: 'https://login.example.com',
    },
  },
  {
    ...{ name: 'Post office', enabled: true },
    configuration: {
      ...{ type: 'smtp', host: '127.0.0.1', port: deadPort, security: 'none', caPem: null, username: '' },
      ...{ from: 'sallyport@example.com', fromName: 'Sallyport', timeoutSeconds: 2 },
    },
  },
]

const tokens = [
  'upn,serial number,secret key,time interval,manufacturer,model',
  `alice,7000001,${key},30,Example,Card`,
  `bob,7000002,${key},60,Example,Card`,
  ',7000003,no Base32!,30,Example,Card',
  `somebody-else,7000004,${key},30,Example,Card`,
].join('\n')

/** Resolves to the id of an import that was read and not taken yet. */
export async function furnish(administrator: Administrator): Promise<string> {
  for (const body of gateways) await administrator.call(api.gateways.create, { body })
  for (const [authenticationPort, accountingPort] of [
    [deadPort, deadPort + 1],
    [deadPort + 2, null],
  ] as const) {
    const server = { host: '127.0.0.1', authenticationPort, accountingPort, transport: 'udp' } as const
    const patience = { timeoutSeconds: 1, tries: 1, messageAuthenticator: 'auto' } as const
    const files = { caPem: null, certificatePem: null }
    await administrator.call(api.radiusServers.create, {
      body: { ...server, ...patience, ...files, sharedSecret: 'the secret of the servers' },
    })
  }
  const importTokens = async (fileName: string, file = tokens) => {
    const { id } = await administrator.call(api.oathImports.begin, {
      body: { fileName, secretFormat: 'detect', key: { kind: 'none' } },
    })
    await administrator.call(api.oathImports.upload, { params: { id }, file: new Blob([file]) })
    return id
  }
  await administrator.call(api.oathImports.take, { params: { id: await importTokens('tokens-of-the-office.csv') } })
  return importTokens('tokens.csv', tokens.replaceAll(',700', ',800'))
}
