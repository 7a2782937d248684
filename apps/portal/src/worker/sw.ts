/** The authenticator's service worker: shows what is pushed, denies from a notification, and keeps the app on the device. */
import type { AppRequest } from '@sallyport/contract/portal'
import { chooseLanguage } from '@sallyport/ui/language'
import '../lib/schemas-without-eval.ts'
import { decide, pendingRequests } from '../lib/device-api.ts'
import { vault, type Account } from '../lib/vault.ts'
import { keepFiles, answerFromKept } from './kept-files.ts'

declare const self: ServiceWorkerGlobalScope

type Words = Readonly<Record<string, string>>
const words = import.meta.glob<{ notifications: Words }>('../words/notifications/*.json', {
  eager: true,
  import: 'default',
})

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => answerFromKept(event))

self.addEventListener('push', (event) => event.waitUntil(show(idIn(event.data))))

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const data = event.notification.data as Shown | null
  event.waitUntil(event.action === 'deny' && data?.request !== undefined ? deny(data) : openApp())
})

/** What a notification carries, for a tap on it. */
interface Shown {
  readonly deviceId?: string
  readonly request?: AppRequest
}

/** A push holds the id of a request and nothing else: what it is about, only this device may ask. */
function idIn(data: PushMessageData | null): string {
  try {
    const { id } = data?.json() as { id?: unknown }
    return typeof id === 'string' ? id : ''
  } catch {
    return ''
  }
}

async function show(id: string): Promise<void> {
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage({ kind: 'requests' })
  const found = await find(id)
  const say = await wordsNow()
  if (found === undefined) {
    // A browser wants to see something for every push, and the app knows more once it is open.
    await self.registration.showNotification(say('notifications.waiting'), {
      tag: id,
      icon: '/app/icon-192.png',
      data: {},
    })
    return
  }
  const { request, account } = found
  const holes: Record<string, string> = {
    application: request.application,
    username: request.username,
    place: request.place ?? '',
  }
  const fill = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => holes[name] ?? '')
  const options: NotificationOptions & { actions: { action: string; title: string }[] } = {
    body: fill(request.place === null ? say('notifications.body') : say('notifications.bodyWithPlace')),
    tag: id,
    icon: '/app/icon-192.png',
    requireInteraction: true,
    data: { deviceId: account.deviceId, request } satisfies Shown,
    // To approve, one looks at the app: a tap on a locked screen is what whoever asks again and again is hoping for.
    actions: [
      { action: 'open', title: say('notifications.open') },
      { action: 'deny', title: say('notifications.deny') },
    ],
  }
  await self.registration.showNotification(fill(say('notifications.title')), options)
}

async function find(id: string): Promise<{ account: Account; request: AppRequest } | undefined> {
  for (const account of await vault.accounts()) {
    const requests = await pendingRequests(account).catch(() => [])
    const request = requests.find((each) => each.id === id)
    if (request !== undefined) return { account, request }
  }
  return undefined
}

async function deny({ deviceId, request }: Shown): Promise<void> {
  const account = (await vault.accounts()).find((each) => each.deviceId === deviceId)
  if (account === undefined || request === undefined) return
  const { application, username, place, id } = request
  const made = { decision: 'deny', number: null, pin: null } as const
  const answer = await decide(account, request, made).catch(() => undefined)
  const isTaken = answer?.outcome === 'taken'
  if (isTaken) await vault.addHistory({ id, application, username, place, at: Date.now(), result: 'denied' })
  const say = await wordsNow()
  const text = isTaken
    ? say('notifications.denied').replace('{{application}}', application)
    : say('notifications.tryInApp')
  await self.registration.showNotification(text, { tag: id, icon: '/app/icon-192.png', data: {} })
}

async function openApp(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find(({ url }) => new URL(url).pathname.startsWith('/app/'))
  if (open !== undefined) await open.focus()
  else await self.clients.openWindow('/app/')
}

/** In the language that the app was last opened in. */
async function wordsNow(): Promise<(key: string) => string> {
  const { language } = await vault.choices()
  const chosen = chooseLanguage([...(language === undefined ? [] : [language]), ...navigator.languages])
  const file = Object.entries(words).find(([path]) => path.endsWith(`/${chosen}.json`))
  if (file === undefined) throw new Error(`There are no words in ${chosen}.`)
  return (key) => file[1].notifications[key.replace('notifications.', '')] ?? key
}
