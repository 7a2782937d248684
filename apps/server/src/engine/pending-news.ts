/** What the main thread hears of a request: all but what decides it. */
import type { AskedPerson } from '../access/pending.ts'
import type { NumberMatching, PendingNews } from '../bus/pending.ts'

export function pendingNews(asked: AskedPerson): PendingNews {
  const { id, signInId, userId, username, method, clientId, applicationName, callingStation } = asked
  const { startedAtMs, expiresAtMs, withPin, deviceIds } = asked
  return {
    kind: 'opened',
    pending: {
      ...{ id, signInId, userId, username, method, clientId, applicationName, callingStation },
      ...{ startedAtMs, expiresAtMs, withPin, deviceIds, matching: matchingOf(asked) },
      ...(method === 'text' && !asked.answeredAtDevice ? { repliesFrom: asked.phone } : {}),
    },
  }
}

function matchingOf({ matching, number, choices }: AskedPerson): NumberMatching {
  switch (matching) {
    case 'none':
      return { kind: 'none' }
    case 'pick':
      return { kind: 'pick', choices }
    case 'type':
      return { kind: 'type', number }
  }
}
