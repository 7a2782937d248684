/**
 * How many codes may be sent and calls made to prove a contact. Every one costs money, a call to some countries earns a cheat some, and
 * whoever is signed in could have a stranger's phone ring all day: so each is counted by who asks, where it goes, and from which network.
 */
import type { SendLimit } from '@sallyport/store'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export const sendLimits: readonly SendLimit[] = [
  // Between one and the next, whoever asks: a text takes its time, and impatience is not a reason for two.
  { by: 'target', withinMs: 30_000, atMost: 1 },
  { by: 'user', withinMs: hourMs, atMost: 5 },
  { by: 'user', withinMs: dayMs, atMost: 10 },
  { by: 'target', withinMs: hourMs, atMost: 3 },
  { by: 'target', withinMs: dayMs, atMost: 6 },
  // An office behind one address, on the morning when everybody enrols.
  { by: 'network', withinMs: hourMs, atMost: 60 },
]
