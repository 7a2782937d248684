/** Whether the search has been asked for, by Ctrl K or its button; its code is loaded only then. */
import { useHotkeys } from '@mantine/hooks'
import { useSyncExternalStore } from 'react'

let asked = 0
const listeners = new Set<() => void>()

/** Opens the search. */
export function openSearch(): void {
  asked += 1
  for (const listener of listeners) listener()
}

/** How often it has been asked for; 0: never yet. */
export function useSearchAsked(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
}

/** Listens for Ctrl K, and says whether the search is wanted on the page. */
export function useSearchOpened(): boolean {
  useHotkeys([['mod+K', openSearch]], [])
  return useSearchAsked() > 0
}
