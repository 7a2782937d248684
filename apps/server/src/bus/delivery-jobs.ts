/** What is to be brought to a person, and whether a gateway took it: between whoever asks and the room that delivers. */

/** A text to a phone. */
export interface TextJob {
  /** The pending sign-in's. Asked again with the same one, nothing is sent again and the answer is the first one's. */
  readonly id: string
  /** E.164: `+` and 7 to 15 digits; anything else fails without being sent. */
  readonly to: string
  readonly text: string
  /** By the clock of the room, milliseconds since 1970: no gateway is tried after it. */
  readonly deadlineMs: number
  /** True: an inbound text from this number before the deadline is news of this job. */
  readonly wantReply: boolean
}

/** A call that says who signs in where and takes keys. */
export interface CallJob {
  readonly id: string
  /** E.164. */
  readonly to: string
  /** Keys to send once the call is answered: digits, `w` waits half a second; null: none. */
  readonly extension: string | null
  /** BCP 47; a language without words of its own is greeted in English. */
  readonly language: string
  /** Said aloud; no markup counts in it. */
  readonly applicationName: string
  /** `press-hash`: # alone approves; `pin`: digits, then #. */
  readonly mode: 'press-hash' | 'pin'
  /** Also the end of the call: keys that come later are not passed on. */
  readonly deadlineMs: number
  /** Digits that report fraud when # follows them; null: fraud is not asked about. */
  readonly fraudCode: string | null
  /** `proof`: whoever answers keys in what their screen shows, to prove that this number is theirs. Absent: a sign-in. */
  readonly purpose?: 'sign-in' | 'proof'
}

/** A mail. */
export interface MailJob {
  readonly id: string
  /** One address, without a display name. */
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Ready to send: values in it were escaped by whoever made it. */
  readonly html?: string
  /** A file that goes along; read as it is sent. The name has nothing of a stranger in it. */
  readonly attachment?: { readonly filename: string; readonly contentType: string; readonly path: string }
  /** Absent: 30 s from now. */
  readonly deadlineMs?: number
}

/** What one gateway said when a job did not get through. */
export interface GatewayProblem {
  /** The gateway's name. */
  readonly gateway: string
  /** One sentence; no secrets, no text of the message. */
  readonly problem: string
}

/** `sent` means that a gateway took it, not that a person has it. `retryable`: the same job may fare better in a minute. */
export type Delivered =
  | { readonly kind: 'sent'; readonly gateway: string; readonly reference: string }
  | { readonly kind: 'failed'; readonly problems: readonly GatewayProblem[]; readonly retryable: boolean }
