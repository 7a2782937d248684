/** A server's database with log forwarding beside it: what happens is written as the engine and the console write it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { LogReceiverConfiguration } from '@sallyport/contract'
import { openStore, type LogReceiverRecord, type LogReceiverSecrets, type Store } from '@sallyport/store'
import { openJournal, openMover, type JournalRecord } from '@sallyport/store/engine'
import { onTestFinished, vi } from 'vitest'

import type { LogReceiverState } from '../../bus/log-forwarding-control.ts'
import { startLogForwarding, type LogForwarding } from '../create-log-forwarding.ts'

export interface LogSite {
  readonly dataDir: string
  readonly store: Store
  /** Another one after `restart`. */
  readonly forwarding: () => LogForwarding
  readonly restart: () => Promise<void>
  readonly add: (configuration: LogReceiverConfiguration, more?: ReceiverMore) => Promise<LogReceiverRecord>
  /** Sign-ins of u<from> … u<from + count - 1>, moved into the tables. */
  readonly signIns: (from: number, count: number) => void
  readonly state: (id: string) => LogReceiverState | undefined
  readonly until: (id: string, check: (state: LogReceiverState | undefined) => void) => Promise<void>
}

type ReceiverMore = LogReceiverSecrets &
  Partial<Record<'signIns' | 'questions' | 'changes' | 'accounting' | 'enabled', boolean>>

const actor = { id: null, name: 'ada', address: '192.0.2.1' }

export async function logSite(): Promise<LogSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-log-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir })
  onTestFinished(() => store.close())
  const start = () =>
    startLogForwarding({ dataDir, version: '1.0.0', onProblem: (error) => process.stderr.write(`${String(error)}\n`) })
  let forwarding = await start()
  onTestFinished(() => forwarding.close())
  const state = (id: string) => forwarding.states().find((each) => each.id === id)
  let receivers = 0
  return {
    ...{ dataDir, store, state },
    forwarding: () => forwarding,
    async restart() {
      await forwarding.close()
      forwarding = await start()
    },
    async add(configuration, more = {}) {
      const wanted = { signIns: true, questions: false, changes: false, accounting: false, enabled: true, ...more }
      const made = await store.logReceivers.create({ name: `Receiver ${++receivers}`, configuration, ...wanted }, actor)
      if (!made.ok) throw new Error(made.problem)
      await forwarding.receiversChanged()
      return made.value
    },
    signIns(from, count) {
      const journal = openJournal({ dataDir })
      for (let number = from; number < from + count; number += 100) {
        const group = Math.min(100, from + count - number)
        journal.append(Array.from({ length: group }, (_, index) => signIn(number + index)))
      }
      journal.close()
      const mover = openMover({ dataDir })
      while (mover.move(1000) > 0);
      mover.close()
    },
    until: (id, check) => vi.waitFor(() => check(state(id)), { timeout: 20_000, interval: 50 }),
  }
}

function signIn(number: number): JournalRecord {
  const atMs = Date.parse('2026-11-23T10:00:00.000Z') + number
  return {
    kind: 'sign-in',
    signIn: {
      id: `sign-in-${number}`,
      ...{ atMs, username: `u${number}`, userId: null, userName: null, clientId: null, clientName: 'VPN' },
      ...{ clientAddress: '192.0.2.10', callingStation: null, durationMs: 12.5, count: 1 },
      method: 'pap',
      factor: 'oath',
      result: 'accepted',
      reason: 'password-and-code',
      ...{ roundNumber: 1, roundJson: null, roundAtMs: atMs },
    },
  }
}

/** The numbers of the users that were sent, in their order. */
export function usersIn(texts: readonly string[]): number[] {
  return texts.map((text) => Number(/username"?[=:]"u(\d+)"/.exec(text)?.[1]))
}

export function numbers(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index)
}
