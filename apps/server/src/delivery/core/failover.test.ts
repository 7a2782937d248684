import { describe, expect, it } from 'vitest'
import { deliver, type Member } from './failover.ts'
import { refused, unknown, type Attempt, type Gateway } from './gateway.ts'
import { createHealth } from './health.ts'

interface Job {
  readonly deadlineMs: number
}

/** A gateway that answers by script: an attempt, or silence until its window ends. */
function member(name: string, attempts: readonly (Attempt | 'silence')[], clock: () => number, timeoutMs = 60_000) {
  const windows: number[] = []
  const gateway: Gateway<Job> = {
    send: (_, { signal, windowMs }) => {
      windows.push(windowMs)
      const attempt = attempts[windows.length - 1] ?? attempts.at(-1) ?? 'silence'
      if (attempt !== 'silence') return Promise.resolve(attempt)
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(unknown('silence')))
      })
    },
    close: () => undefined,
  }
  const made: Member<Job> = { id: name, name, timeoutMs, gateway, health: createHealth(clock) }
  return { made, windows }
}

const took: Attempt = { kind: 'taken', references: ['r'] }
const start = 1_000_000

describe('a job among several gateways', () => {
  it('goes to the first that takes it and to no other after that', async () => {
    const clock = () => start
    const [a, b, c] = [member('a', [refused('no')], clock), member('b', [took], clock), member('c', [took], clock)]
    const outcome = await deliver({ deadlineMs: start + 60_000 }, [a.made, b.made, c.made], clock)
    expect(outcome).toMatchObject({ kind: 'sent', gateway: 'b', reference: 'r', by: { gatewayId: 'b' } })
    expect([a.windows.length, b.windows.length, c.windows.length]).toEqual([1, 1, 0])
  })

  it('leaves a slow gateway when its share of the time is over, and has time for the next', async () => {
    const clock = Date.now
    const [a, b] = [member('a', ['silence'], clock), member('b', [took], clock)]
    const deadlineMs = clock() + 1_000
    expect(await deliver({ deadlineMs }, [a.made, b.made], clock)).toMatchObject({ kind: 'sent', gateway: 'b' })
    expect(a.windows[0]).toBeLessThanOrEqual(500)
    expect(b.windows[0]).toBeGreaterThan(200)
  })

  it('takes no longer at one than that one’s own time', async () => {
    const clock = () => start
    const a = member('a', [took], clock, 3_000)
    await deliver({ deadlineMs: start + 60_000 }, [a.made], clock)
    expect(a.windows).toEqual([3_000])
  })

  it('is not tried at all when its time is over', async () => {
    const a = member('a', [took], () => start)
    const outcome = await deliver({ deadlineMs: start + 100 }, [a.made], () => start)
    expect(outcome).toMatchObject({ kind: 'failed', retryable: true })
    expect(a.windows).toEqual([])
  })

  it('fails with what each said, and for good where all say so', async () => {
    const clock = () => start
    const hopeless = refused('no such number', { permanent: true })
    const [a, b] = [member('a', [hopeless], clock), member('b', [hopeless, refused('busy')], clock)]
    const job = { deadlineMs: start + 60_000 }
    expect(await deliver(job, [a.made, b.made], clock)).toEqual({
      kind: 'failed',
      retryable: false,
      problems: [
        { gateway: 'a', problem: 'no such number' },
        { gateway: 'b', problem: 'no such number' },
      ],
    })
    expect(await deliver(job, [a.made, b.made], clock)).toMatchObject({ retryable: true })
    expect(await deliver(job, [], clock)).toMatchObject({ kind: 'failed', retryable: false })
  })

  it('is not lost to a gateway that throws', async () => {
    const clock = () => start
    const a = member('a', [], clock)
    const broken: Member<Job> = {
      ...a.made,
      gateway: { ...a.made.gateway, send: () => Promise.reject(new Error('bug')) },
    }
    const b = member('b', [took], clock)
    expect(await deliver({ deadlineMs: start + 60_000 }, [broken, b.made], clock)).toMatchObject({ gateway: 'b' })
  })
})

describe('a gateway that failed', () => {
  it('is asked last while it rests, then proves itself with one job, and is first again when it answers', async () => {
    let nowMs = start
    const clock = () => nowMs
    const [a, b] = [member('a', [refused('down'), refused('down'), took], clock), member('b', [took], clock)]
    const send = () => deliver({ deadlineMs: nowMs + 60_000 }, [a.made, b.made], clock)
    await send()
    expect(a.made.health.view()).toEqual({ state: 'suspect', sinceMs: start, problem: 'down' })
    await send()
    expect(a.windows).toHaveLength(1)
    nowMs += 15_000
    await send()
    expect([a.windows.length, b.windows.length]).toEqual([2, 3])
    nowMs += 15_000
    await send()
    expect(a.windows).toHaveLength(2)
    nowMs += 15_000
    expect(await Promise.all([send(), send()])).toMatchObject([{ gateway: 'a' }, { gateway: 'b' }])
    expect(a.made.health.view()).toEqual({ state: 'up', sinceMs: nowMs, problem: null })
    expect(await send()).toMatchObject({ gateway: 'a' })
  })

  it('is still asked where all others fail', async () => {
    const clock = () => start
    const [a, b] = [member('a', [refused('down'), took], clock), member('b', [took, refused('down')], clock)]
    const send = () => deliver({ deadlineMs: start + 60_000 }, [a.made, b.made], clock)
    await send()
    expect(await send()).toMatchObject({ gateway: 'a' })
  })

  it('by refusing one number only did not fail', () => {
    const health = createHealth(() => start)
    health.note(refused('no such number', { permanent: true }))
    expect(health.view().state).toBe('up')
    expect(health.mayGoFirst()).toBe(true)
  })
})
