/** The part of an engine that asks nobody, for tests of what does not ask. */
import type { PendingControl } from '../../bus/pending.ts'

export const nobodyAsked: PendingControl = {
  decide: async () => 'unknown',
  pending: () => ({ total: 0, first: [] }),
  questions: () => Promise.resolve({ total: 0, first: [] }),
  pendingOf: () => undefined,
  onPending: () => () => undefined,
  onOrder: () => () => undefined,
  wired: () => undefined,
  callEnded: () => undefined,
}
