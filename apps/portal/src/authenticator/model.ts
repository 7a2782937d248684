/** What the authenticator knows at this moment: accounts, who asks, whether it hears of sign-ins; for all screens. */
import { createContext, use } from 'react'
import type { AppRequest } from '@sallyport/contract/portal'
import type { PushState } from '../lib/push.ts'
import type { Account } from '../lib/vault.ts'

/** A sign-in that asks one of the accounts here. */
export interface Asking {
  readonly account: Account
  readonly request: AppRequest
}

export interface Model {
  readonly accounts: readonly Account[]
  readonly asking: readonly Asking[]
  /** `gone`: the server does not know this device any more. */
  readonly links: ReadonlyMap<string, 'connecting' | 'open' | 'lost' | 'gone'>
  readonly push: PushState
  /** The server's clock minus this device's, milliseconds. */
  readonly clockOffsetMs: number
  /** Reads the accounts anew, and what asks them. */
  readonly reload: () => Promise<void>
  /** Takes a request off the screen: it is over. */
  readonly drop: (id: string) => void
  readonly setPush: (state: PushState) => void
}

export const ModelContext = createContext<Model | null>(null)

export function useModel(): Model {
  const model = use(ModelContext)
  if (model === null) throw new Error('There is no model around this screen.')
  return model
}
