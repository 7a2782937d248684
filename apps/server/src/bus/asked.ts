/** Who is being asked at this moment, found by request and by device, and what became of those who lately were; kept by the news. */
import type { PendingControl, PendingOutcome, PendingRequest } from './pending.ts'

export interface Asked {
  readonly byId: (id: string) => PendingRequest | undefined
  /** The oldest first. */
  readonly ofDevice: (deviceId: string) => readonly PendingRequest[]
  /** How one that is no longer open ended; undefined: nobody remembers it. */
  readonly endedAs: (id: string) => PendingOutcome | undefined
  /** Told of the devices for which something was opened or closed. */
  readonly onChange: (listener: (deviceIds: readonly string[]) => void) => () => void
  readonly close: () => void
}

/** Ended requests that are remembered, for whoever decides a moment too late. */
const remembered = 10_000

export function trackAsked(control: Pick<PendingControl, 'pending' | 'pendingOf' | 'onPending'>): Asked {
  /** Ids of requests, a space between them: nearly always it is one. */
  const byDevice = new Map<string, string>()
  const ended = new Map<string, PendingOutcome>()
  const listeners = new Set<(deviceIds: readonly string[]) => void>()
  const idsOf = (deviceId: string) => byDevice.get(deviceId)?.split(' ') ?? []

  const add = ({ id, deviceIds }: PendingRequest) => {
    for (const deviceId of deviceIds) {
      const before = byDevice.get(deviceId)
      byDevice.set(deviceId, before === undefined ? id : `${before} ${id}`)
    }
  }
  const remove = (id: string, outcome: PendingOutcome, deviceIds: readonly string[]) => {
    for (const oldest of ended.keys()) {
      if (ended.size < remembered) break
      ended.delete(oldest)
    }
    ended.set(id, outcome)
    for (const deviceId of deviceIds) {
      const left = idsOf(deviceId).filter((each) => each !== id)
      if (left.length === 0) byDevice.delete(deviceId)
      else byDevice.set(deviceId, left.join(' '))
    }
  }

  const stop = control.onPending((news) => {
    if (news.kind === 'opened') add(news.pending)
    else remove(news.id, news.outcome, news.deviceIds)
    const { deviceIds } = news.kind === 'opened' ? news.pending : news
    if (deviceIds.length > 0) for (const listener of listeners) listener(deviceIds)
  })
  for (const request of control.pending(Infinity).first) add(request)
  return {
    byId: (id) => control.pendingOf(id),
    ofDevice: (deviceId) => idsOf(deviceId).flatMap((id) => control.pendingOf(id) ?? []),
    endedAs: (id) => ended.get(id),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: stop,
  }
}
