import { readFile } from 'node:fs/promises'

import { createCertificates, startRsyslog, type RsyslogOptions } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

import { logSite, numbers, usersIn } from './test/site.ts'

let certificates: Awaited<ReturnType<typeof createCertificates>>
beforeAll(async () => {
  certificates = await createCertificates()
})
afterAll(() => certificates.remove())

const waiting = { timeout: 30_000, interval: 50 }

async function rsyslog(options: Omit<RsyslogOptions, 'certificates'> = {}) {
  const running = await startRsyslog({ certificates, ...options })
  onTestFinished(() => running.remove())
  const users = async () => usersIn((await running.messages()).map(({ rawmsg }) => rawmsg))
  return { ...running, users, unique: async () => [...new Set(await users())].sort((one, other) => one - other) }
}

const to = (port: number, format: 'structured-data' | 'json' | 'cef' = 'structured-data') =>
  ({ host: '127.0.0.1', port, format, facility: 'authpriv' }) as const

describe('rsyslog', () => {
  it('understands what comes by UDP: header, structured data and message', async () => {
    const [site, server] = [await logSite(), await rsyslog()]
    const { id } = await site.add({ transport: 'udp', ...to(server.udpPort) })
    site.signIns(1, 3)
    await vi.waitFor(async () => expect(await server.users()).toEqual([1, 2, 3]), waiting)
    expect((await server.messages())[0]).toMatchObject({
      ...{ programname: 'sallyport', msgid: 'sign-in', pri: '86', timereported: '2026-11-23T10:00:00.001Z' },
      msg: 'Sign-in of u1 at VPN: accepted, password-and-code.',
      'structured-data': expect.stringContaining('[sallyport@32473 id="sign-in-1" result="accepted"') as string,
    })
    await site.until(id, (state) => expect(state).toMatchObject({ state: 'up', waiting: 0, sent: 3, problem: null }))
  })

  it(
    'gets all that happened while it was down, in order, and nothing is lost when it is killed',
    { timeout: 90_000 },
    async () => {
      const [site, server] = [await logSite(), await rsyslog()]
      const { id } = await site.add({ transport: 'tcp', ...to(server.tcpPort) })
      site.signIns(1, 100)
      await vi.waitFor(async () => expect(await server.unique()).toEqual(numbers(1, 100)), waiting)
      await site.until(id, (state) => expect(state).toMatchObject({ sent: 100, waiting: 0 }))
      await server.stop('SIGKILL')
      site.signIns(101, 1200)
      const problem = 'Nothing listens on this port.'
      await site.until(id, (state) => expect(state).toMatchObject({ state: 'failing', waiting: 1200, problem }))
      expect(site.state(id)?.oldestAtMs).toBe(Date.parse('2026-11-23T10:00:00.101Z'))
      // Neither does our own end.
      await site.restart()
      await server.restart()
      await vi.waitFor(async () => expect(await server.unique()).toEqual(numbers(1, 1300)), waiting)
      const order = (await server.users()).filter((each, index, all) => all.indexOf(each) === index)
      expect(order).toEqual(numbers(1, 1300))
      await site.until(id, (state) => expect(state).toMatchObject({ state: 'up', waiting: 0, lost: 0 }))
    },
  )

  it('is proven by its certificate over TLS before anything is sent', async () => {
    const [site, server] = [await logSite(), await rsyslog()]
    const { caPem, foreignCaPem } = certificates
    const tls = { transport: 'tls', ...to(server.tlsPort, 'json'), certificatePem: null } as const
    const wrong = await site.add({ ...tls, caPem: foreignCaPem })
    site.signIns(1, 2)
    await site.until(wrong.id, (state) => expect(state?.state).toBe('failing'))
    expect(site.state(wrong.id)?.problem).toMatch(/^Its certificate does not come from the authority/)
    expect(await site.forwarding().test(wrong.id)).toMatchObject({ ok: false })
    expect(await server.messages()).toEqual([])

    const right = await site.add({ ...tls, caPem })
    expect(await site.forwarding().test(right.id)).toMatchObject({ ok: true })
    site.signIns(3, 2)
    await vi.waitFor(async () => expect((await server.unique()).filter(Number.isFinite)).toEqual([3, 4]), waiting)
    const said = (await server.messages()).map(({ msg }) => JSON.parse(msg) as Record<string, unknown>)
    expect(said).toContainEqual(expect.objectContaining({ type: 'test', receiver: 'Receiver 2' }))
  })

  it('is shown our certificate where it wants one', async () => {
    const [site, server] = [await logSite(), await rsyslog({ wantsClientCertificate: true })]
    const { caPem, client } = certificates
    const tls = { transport: 'tls', ...to(server.tlsPort, 'cef'), caPem } as const
    const without = await site.add({ ...tls, certificatePem: null })
    const privateKey = await readFile(client.key, 'utf8')
    const certificatePem = await readFile(client.certificate, 'utf8')
    const shown = await site.add({ ...tls, certificatePem }, { privateKey })
    site.signIns(1, 2)
    await vi.waitFor(async () => expect(await server.messages()).toHaveLength(2), waiting)
    expect((await server.messages())[0]?.msg).toMatch(/^CEF:0\|Sallyport\|Sallyport\|1\.0\.0\|sign-in\|/)
    await site.until(shown.id, (state) => expect(state).toMatchObject({ state: 'up', waiting: 0 }))
    await site.until(without.id, (state) => expect(state).toMatchObject({ waiting: 2, sent: 0 }))
  })
})
