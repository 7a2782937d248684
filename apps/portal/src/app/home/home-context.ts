/** What the sections of the home page share: who is signed in, that something changed, and where they say what is missing. */
import type { PortalSessionView } from '@sallyport/contract/portal'
import { createContext, useContext } from 'react'

export interface HomeContext {
  readonly session: PortalSessionView
  /** Somebody proved again who they are; null: nobody is signed in any more. */
  readonly onSession: (session: PortalSessionView | null) => void
  /** Grows with each change in any section: what others show may hang on it. */
  readonly revision: number
  readonly changed: () => void
  /** Where {@link Missing} shows what it says; null until it is there. */
  readonly top: HTMLElement | null
}

export const HomeContextProvider = createContext<HomeContext | null>(null)

export function useHome(): HomeContext {
  const home = useContext(HomeContextProvider)
  if (home === null) throw new Error('This belongs on the home page.')
  return home
}
