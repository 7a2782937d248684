import { createSocket } from 'node:dgram'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createCertificates, startRsyslog } from './index.ts'

describe('a private rsyslog', () => {
  it('writes down what it is told, also after it was killed and started again', async () => {
    const certificates = await createCertificates()
    onTestFinished(() => certificates.remove())
    const rsyslog = await startRsyslog({ certificates })
    onTestFinished(() => rsyslog.remove())
    const socket = createSocket('udp4')
    onTestFinished(() => void socket.close())
    const say = (text: string) =>
      socket.send(`<86>1 2026-11-23T10:00:00.000Z here sallyport - test - ${text}`, rsyslog.udpPort, '127.0.0.1')
    say('one')
    await vi.waitFor(async () => expect(await rsyslog.messages()).toMatchObject([{ msg: 'one', msgid: 'test' }]))
    await rsyslog.restart()
    say('two')
    await vi.waitFor(async () => expect((await rsyslog.messages()).map(({ msg }) => msg)).toEqual(['one', 'two']))
  })
})
