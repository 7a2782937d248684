/** Where calls wait while somebody signs in again, or proves again who they are, so that nothing typed is lost. */

export interface SessionGate {
  /** Resolves true once somebody has signed in, false when they decline; several calls share one question. */
  readonly ask: () => Promise<boolean>
  readonly settle: (signedIn: boolean) => void
  readonly isAsking: () => boolean
  readonly subscribe: (onChange: () => void) => () => void
}

export function createSessionGate(): SessionGate {
  let question: { promise: Promise<boolean>; resolve: (signedIn: boolean) => void } | undefined
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  return {
    ask() {
      if (question === undefined) {
        let resolve: (signedIn: boolean) => void = () => undefined
        const promise = new Promise<boolean>((settle) => {
          resolve = settle
        })
        question = { promise, resolve }
        changed()
      }
      return question.promise
    },
    settle(signedIn) {
      const asked = question
      question = undefined
      asked?.resolve(signedIn)
      changed()
    },
    isAsking: () => question !== undefined,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}

/** The page's gate for calls that need a session. */
export const sessionGate = createSessionGate()

/** And the one for calls that need a recent proof of who it is. */
export const proofGate = createSessionGate()
