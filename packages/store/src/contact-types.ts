/** What the portal asks of the store about phone numbers and mail addresses that people prove to have. */
import type { Actor } from './change.ts'

export type ContactPlaceName = 'phone' | 'backup' | 'email'
export type ContactWayName = 'text' | 'call' | 'email'

/** One number or address: E.164 or a mail address, empty where there is none. */
export interface ContactValue {
  readonly value: string
  /** Keys that are sent once a call is answered; may be empty. */
  readonly extension: string
  /** The directory keeps it, and nobody changes it here. */
  readonly fromDirectory: boolean
}

/** How many may be sent at most; whichever is counted must hold. */
export interface SendLimit {
  readonly by: 'user' | 'target' | 'network'
  readonly withinMs: number
  readonly atMost: number
}

export interface NewContactProof {
  readonly userId: string
  readonly place: ContactPlaceName
  readonly way: ContactWayName
  readonly value: string
  readonly extension: string
  readonly code: string
  readonly sessionHash: string
  /** The network of whoever asks, as it is counted. */
  readonly network: string
  readonly expiresAt: Date
}

export interface ContactProofRecord {
  readonly id: string
  readonly userId: string
  readonly place: ContactPlaceName
  readonly way: ContactWayName
  readonly value: string
  readonly extension: string
  readonly code: string
  /** Of a call: `keyed` once its code was, `over` where it ended otherwise. */
  readonly state: 'open' | 'keyed' | 'over'
  /** This one included. */
  readonly tries: number
}

type ProofKey = Pick<NewContactProof, 'userId' | 'place' | 'sessionHash'>

export interface ContactRepository {
  /** Null: the user is gone. */
  read(userId: string): Promise<Readonly<Record<ContactPlaceName, ContactValue>> | null>
  /**
   * Counts a send, and keeps what it is to prove in place of the user's earlier one for that place. A number answers instead: the
   * seconds after which a limit allows another.
   */
  begin(proof: NewContactProof, limits: readonly SendLimit[]): Promise<{ readonly id: string } | number>
  /** What that session is proving there now, without taking a try. */
  open(key: ProofKey): Promise<ContactProofRecord | null>
  /** Takes one of the tries; null: there is none left, or nothing to be tried. It is over after the last. */
  takeTry(key: ProofKey, triesAtMost: number): Promise<ContactProofRecord | null>
  /** The same of a call, which knows its id alone. */
  takeTryInCall(id: string, triesAtMost: number): Promise<ContactProofRecord | null>
  /** What came of a call; nothing where that is known already. */
  noteCall(id: string, state: 'keyed' | 'over'): Promise<void>
  discard(id: string): Promise<void>
  /** Puts what was proven in force, once; what stood there before, or null where it is over or the directory's. */
  put(id: string, actor: Actor): Promise<ContactValue | null>
  /** Empties a place; what stood there before, or null where nothing did or the directory keeps it. */
  remove(userId: string, place: ContactPlaceName, actor: Actor): Promise<ContactValue | null>
}
