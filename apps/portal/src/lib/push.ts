/** Pushes of this browser: whether there can be any, asking for them, and telling the server where they go. */
import { tellSubscription } from './device-api.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { vault, type Account } from './vault.ts'

/** `install-first`: this phone gives pushes only to apps on its home screen; `failed`: allowed, but no push service answers. */
export type PushState = 'on' | 'off' | 'blocked' | 'install-first' | 'unsupported' | 'failed'

export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator)) return 'unsupported'
  if (!('PushManager' in window) || !('Notification' in window)) {
    return /iP(hone|ad|od)/.test(navigator.userAgent) ? 'install-first' : 'unsupported'
  }
  if (Notification.permission === 'denied') return 'blocked'
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  const subscription = await registration?.pushManager.getSubscription()
  return subscription !== null && subscription !== undefined && Notification.permission === 'granted' ? 'on' : 'off'
}

/** Asks the person, subscribes, and tells the server for every account. To be called by a tap. */
export async function turnPushOn(accounts: readonly Account[]): Promise<PushState> {
  const [first] = accounts
  if (first === undefined) return 'off'
  await vault.choose({ askedForPush: true })
  if ((await Notification.requestPermission()) !== 'granted') return pushState()
  const registration = await navigator.serviceWorker.ready
  try {
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: fromBase64Url(first.vapidPublicKey),
    })
    await Promise.all(accounts.map((account) => tellSubscription(account, fieldsOf(subscription))))
    return 'on'
  } catch {
    return 'failed'
  }
}

/** Tells the server of a subscription that is there already: of an account that was added, or one that the browser renewed. */
export async function tellPush(accounts: readonly Account[]): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  if (registration === undefined || !('pushManager' in registration)) return
  const subscription = await registration.pushManager.getSubscription()
  if (subscription === null) return
  await Promise.all(accounts.map((account) => tellSubscription(account, fieldsOf(subscription)).catch(() => undefined)))
}

export async function turnPushOff(accounts: readonly Account[]): Promise<PushState> {
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
  await Promise.all(accounts.map((account) => tellSubscription(account, null).catch(() => undefined)))
  return pushState()
}

function fieldsOf(subscription: PushSubscription) {
  const key = (name: PushEncryptionKeyName) => toBase64Url(subscription.getKey(name) ?? new ArrayBuffer(0))
  return { endpoint: subscription.endpoint, p256dh: key('p256dh'), auth: key('auth') }
}
