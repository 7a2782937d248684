/** What the store keeps of mobile apps: devices, what makes them somebody's, and the keys by which the server speaks to them. */
import type { Actor, Change } from './change.ts'

/** RFC 8030: where to send; RFC 8291 §3: the keys to encrypt with, base64url. */
export interface PushSubscription {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}

export interface AppDeviceRecord {
  readonly id: string
  readonly user: { readonly id: string; readonly username: string }
  readonly name: string
  /** ECDSA P-256, SubjectPublicKeyInfo in base64. */
  readonly publicKey: string
  readonly userAgent: string
  readonly hasPush: boolean
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
  /** Until then a code of it has to be typed in the portal, and before that it counts for nothing; null: it counts. */
  readonly confirmBy: Date | null
}

/** What becomes an {@link AppDeviceRecord} of the same id once its owner has confirmed it. */
export interface AppCandidateRecord {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface RegisterDevice {
  readonly codeHash: string
  readonly name: string
  readonly publicKey: string
  readonly userAgent: string
  readonly address: string
  /** Of the codes that the app shows without a network. */
  readonly token: {
    readonly serialNumber: string
    readonly secret: Uint8Array
    readonly manufacturer: string
    readonly model: string
  }
}

/** `activation-gone`: used, expired, or never there; `too-many`: the user has as many devices as Company Settings allow. */
export type Registered =
  | { readonly ok: true; readonly device: AppDeviceRecord }
  | { readonly ok: false; readonly problem: 'activation-gone' | 'too-many' | 'already-exists' }

/** Secrets of the server that devices rely on, made once. */
export interface AppKeys {
  /** RFC 8292 §3.2: the uncompressed point, base64url. */
  readonly vapidPublicKey: string
  /** PKCS #8, PEM. */
  readonly vapidPrivateKey: string
  /** 32 octets, base64url: what the server's nonces for requests are drawn from. */
  readonly requestKey: string
}

export interface AppDeviceRepository {
  /** Of one user, the oldest first. */
  list(userId: string): Promise<readonly AppDeviceRecord[]>
  byId(id: string): Promise<AppDeviceRecord | null>
  /**
   * Makes an activation; those that this user had and did not use are void, and so is a device that was not confirmed.
   * `toConfirm`: the device that uses it has to be confirmed in the portal before it counts.
   */
  createActivation(
    input: {
      readonly userId: string
      readonly codeHash: string
      readonly expiresAt: Date
      readonly toConfirm?: boolean
    },
    actor: Actor,
  ): Promise<Change<{ readonly username: string }>>
  /**
   * Uses an activation up, and makes device and token in the same transaction, or a candidate where it has to be confirmed; the entry
   * names the user who did it.
   */
  register(input: RegisterDevice): Promise<Registered>
  rename(id: string, name: string): Promise<void>
  /** Null: the device asks by itself from now on. */
  setPush(id: string, subscription: PushSubscription | null): Promise<void>
  /** Where to reach these devices; who has no subscription is not among them. */
  pushOf(ids: readonly string[]): Promise<readonly { readonly id: string; readonly push: PushSubscription }[]>
  /** Forgets a subscription that the push service does not know any more, unless the device has brought another. */
  dropPush(id: string, endpoint: string): Promise<void>
  noteSeen(id: string, at: Date): Promise<void>
  /** Removes the device and its token. */
  remove(id: string, actor: Actor): Promise<Change<AppDeviceRecord>>
  /** The server's keys; made by `make` where there are none yet. */
  keys(make: () => AppKeys): Promise<AppKeys>
}

/** Devices that were registered from the portal and have not been confirmed; what expired is not there. */
export interface AppCandidateRepository {
  ofUser(userId: string): Promise<AppCandidateRecord | null>
  /** Of its codes; null: it is gone. */
  secret(id: string): Promise<Uint8Array | null>
  /**
   * Makes it a device, with its token, whose code of `usedStep` is used up. False: there is none of this id that is the user's.
   * @param userId whose it has to be
   */
  confirm(
    input: {
      readonly id: string
      readonly userId: string
      readonly serialNumber: string
      readonly usedStep: number
    },
    actor: Actor,
  ): Promise<boolean>
  /** Throws away the user's candidate, and what could still become one. */
  removeOf(userId: string, actor: Actor): Promise<void>
}
