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

export function trackAsked(control: Pick<PendingControl, 'pending' | 'onPending'>): Asked {
  const open = new Map<string, PendingRequest>()
  const byDevice = new Map<string, Map<string, PendingRequest>>()
  const ended = new Map<string, PendingOutcome>()
  const listeners = new Set<(deviceIds: readonly string[]) => void>()

  const add = (request: PendingRequest) => {
    open.set(request.id, request)
    for (const device of request.deviceIds) {
      const requests = byDevice.get(device) ?? new Map<string, PendingRequest>()
      byDevice.set(device, requests.set(request.id, request))
    }
    return request.deviceIds
  }
  const remove = (id: string, outcome: PendingOutcome) => {
    for (const oldest of ended.keys()) {
      if (ended.size < remembered) break
      ended.delete(oldest)
    }
    ended.set(id, outcome)
    const request = open.get(id)
    open.delete(id)
    for (const device of request?.deviceIds ?? []) {
      const requests = byDevice.get(device)
      requests?.delete(id)
      if (requests?.size === 0) byDevice.delete(device)
    }
    return request?.deviceIds ?? []
  }

  const stop = control.onPending((news) => {
    const devices = news.kind === 'opened' ? add(news.pending) : remove(news.id, news.outcome)
    if (devices.length > 0) for (const listener of listeners) listener(devices)
  })
  for (const request of control.pending()) add(request)
  return {
    byId: (id) => open.get(id),
    ofDevice: (deviceId) => [...(byDevice.get(deviceId)?.values() ?? [])],
    endedAs: (id) => ended.get(id),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: stop,
  }
}
