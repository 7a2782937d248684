/** Server-sent events for apps that are open: so that a request reaches them without any push service. */
import type { ServerResponse } from 'node:http'

export interface EventStreams {
  /** Takes over an answer; false where there are too many. */
  readonly open: (deviceId: string, response: ServerResponse) => boolean
  /** Says that there is something to look at. */
  readonly tell: (deviceIds: readonly string[]) => void
  /** The device is no more. */
  readonly end: (deviceId: string) => void
  readonly has: (deviceId: string) => boolean
  readonly size: () => number
  readonly close: () => void
}

/** An app has one open, and another while it changes over. */
const perDevice = 2
const beatMs = 25_000
/** Whoever does not read is let go. */
const unreadBytes = 16 * 1024

export function createEventStreams(maximum = 20_000): EventStreams {
  const streams = new Map<string, Set<ServerResponse>>()
  let count = 0
  const write = (response: ServerResponse, text: string) => {
    if (response.writableLength > unreadBytes) response.destroy()
    else response.write(text)
  }
  // One timer for all: proxies close what is silent.
  const beat = setInterval(() => {
    for (const responses of streams.values()) for (const response of responses) write(response, ':\n\n')
  }, beatMs)
  beat.unref()
  return {
    open(deviceId, response) {
      const responses = streams.get(deviceId) ?? new Set()
      if (count >= maximum && responses.size === 0) return false
      for (const oldest of responses) {
        if (responses.size < perDevice) break
        // Its end is told to it, and counted below.
        responses.delete(oldest)
        count -= 1
        oldest.end()
      }
      streams.set(deviceId, responses.add(response))
      count += 1
      response.once('close', () => {
        if (responses.delete(response)) count -= 1
        if (responses.size === 0 && streams.get(deviceId) === responses) streams.delete(deviceId)
      })
      write(response, 'retry: 3000\nevent: requests\ndata: {}\n\n')
      return true
    },
    tell(deviceIds) {
      for (const deviceId of deviceIds) {
        for (const response of streams.get(deviceId) ?? []) write(response, 'event: requests\ndata: {}\n\n')
      }
    },
    end(deviceId) {
      for (const response of streams.get(deviceId) ?? []) response.end('event: gone\ndata: {}\n\n')
    },
    has: (deviceId) => streams.has(deviceId),
    size: () => count,
    close() {
      clearInterval(beat)
      for (const responses of streams.values()) for (const response of responses) response.end()
    },
  }
}
