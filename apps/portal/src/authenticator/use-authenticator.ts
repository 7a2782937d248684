/** Puts the model together: accounts from the device, requests from the server, pushes from the service worker. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { AppRequest } from '@sallyport/contract/portal'
import { learnClock, serverNow } from '../lib/device-api.ts'
import { pushState, tellPush, type PushState } from '../lib/push.ts'
import { vault, type Account } from '../lib/vault.ts'
import type { Asking, Model } from './model.ts'
import { useLinks } from './use-links.ts'

/** Null until the device has told what it keeps. */
export function useAuthenticator(): Model | null {
  const [accounts, setAccounts] = useState<readonly Account[] | null>(null)
  const [asking, setAsking] = useState<readonly Asking[]>([])
  const [push, setPush] = useState<PushState>('unsupported')
  const [clockOffsetMs, setClockOffset] = useState(0)

  const reload = useCallback(async () => {
    const found = await vault.accounts()
    setAccounts(found)
    setAsking((before) => before.filter(({ account }) => found.some(({ deviceId }) => deviceId === account.deviceId)))
    setPush(await pushState())
    setClockOffset((await vault.choices()).clockOffsetMs ?? 0)
    await tellPush(found)
  }, [])
  const drop = useCallback((id: string) => {
    setAsking((before) => before.filter(({ request }) => request.id !== id))
    void closeNotifications(id)
  }, [])
  const onRequests = useCallback((account: Account, requests: readonly AppRequest[]) => {
    setAsking((before) => {
      const others = before.filter((each) => each.account.deviceId !== account.deviceId)
      return [...others, ...requests.map((request) => ({ account, request }))]
    })
  }, [])

  useEffect(() => {
    // The device answers later: nothing is set while this renders.
    void learnClock().then(reload)
  }, [reload])
  useEndings(asking, drop)
  const links = useLinks(
    useMemo(() => accounts ?? [], [accounts]),
    onRequests,
  )
  return accounts === null ? null : { accounts, asking, links, push, clockOffsetMs, reload, drop, setPush }
}

/** What nobody decided in time is over, and in the history. */
function useEndings(asking: readonly Asking[], drop: (id: string) => void): void {
  useEffect(() => {
    if (asking.length === 0) return
    const timer = setInterval(() => {
      void serverNow().then((now) => {
        for (const { request } of asking) {
          if (Date.parse(request.expiresAt) > now) continue
          const { id, application, username, place, startedAt } = request
          void vault.addHistory({ id, application, username, place, at: Date.parse(startedAt), result: 'missed' })
          drop(id)
        }
      })
    }, 1000)
    return () => clearInterval(timer)
  }, [asking, drop])
}

async function closeNotifications(tag: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  for (const notification of (await registration?.getNotifications({ tag })) ?? []) notification.close()
}
