/** Keeps a stream open for each account, so that the open app hears of sign-ins without any push service. */
import { useEffect, useState } from 'react'
import type { AppRequest } from '@sallyport/contract/portal'
import { DeviceProblem, openEvents, pendingRequests } from '../lib/device-api.ts'
import type { Account } from '../lib/vault.ts'
import type { Model } from './model.ts'

type LinkState = Model['links'] extends ReadonlyMap<string, infer State> ? State : never
const pausesMs = [1000, 2000, 5000, 15_000]

/** @param onRequests told of everything that asks an account, whenever that may have changed */
export function useLinks(
  accounts: readonly Account[],
  onRequests: (account: Account, requests: readonly AppRequest[]) => void,
): Model['links'] {
  const [links, setLinks] = useState<Model['links']>(new Map())
  useEffect(() => {
    const end = new AbortController()
    const set = (account: Account, state: LinkState) => {
      if (!end.signal.aborted) setLinks((before) => new Map(before).set(account.deviceId, state))
    }
    for (const account of accounts) void keepLink(account, end.signal, (state) => set(account, state), onRequests)
    return () => end.abort()
  }, [accounts, onRequests])
  return links
}

async function keepLink(
  account: Account,
  signal: AbortSignal,
  set: (state: LinkState) => void,
  onRequests: (account: Account, requests: readonly AppRequest[]) => void,
): Promise<void> {
  const look = async () => {
    const requests = await pendingRequests(account, signal)
    if (!signal.aborted) onRequests(account, requests)
  }
  for (let lost = 0; !signal.aborted; lost += 1) {
    set(lost === 0 ? 'connecting' : 'lost')
    try {
      const events = await openEvents(account, signal)
      await look()
      set('open')
      lost = -1
      for await (const text of textOf(events)) if (text.includes('event: requests')) await look()
    } catch (error) {
      if (error instanceof DeviceProblem && error.code === 'device-unknown') {
        set('gone')
        return
      }
    }
    await pause(pausesMs[Math.min(lost + 1, pausesMs.length - 1)] ?? 0, signal)
  }
}

async function* textOf(stream: ReadableStream<Uint8Array>): AsyncIterable<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Ends early when the person looks at the app again, or the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', end)
      window.removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    document.addEventListener('visibilitychange', end)
    window.addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}
