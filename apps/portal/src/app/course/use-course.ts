/** What a section of the home page shows, and what became of the last attempt to change it. */
import { useCallback, useEffect, useState } from 'react'
import { PortalProblem } from '../../lib/portal-api.ts'
import { useHome } from '../home/home-context.ts'
import { failureText, type FailureWords } from './failure-text.ts'

export interface Course<View> {
  /** Undefined: not there yet. */
  readonly view: View | undefined
  /** In words; null: nothing went wrong. */
  readonly failure: string | null
  readonly isBusy: boolean
  /** A factor has to be proven again before anything is changed. */
  readonly needsProof: boolean
  readonly proven: () => void
  /** True once it is done; what `work` answers is what stands from then on, and the other sections look again. */
  readonly change: (work: () => Promise<View>) => Promise<boolean>
  /** The same, for what answers something else; undefined: it failed. */
  readonly ask: <T>(work: () => Promise<T>) => Promise<T | undefined>
  readonly clear: () => void
}

/**
 * @param read asks the server; as `words`, it is declared outside of the component, so that it stays the same
 */
export function useCourse<View>(read: () => Promise<View>, words: FailureWords): Course<View> {
  const { onSession, revision, changed } = useHome()
  const [view, setView] = useState<View>()
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [needsProof, setNeedsProof] = useState(false)

  const fail = useCallback(
    (error: unknown) => {
      if (!(error instanceof PortalProblem)) throw error
      if (error.code === 'sign-in-required') onSession(null)
      else if (error.code === 'proof-needed') setNeedsProof(true)
      else setFailure(failureText(error, words))
    },
    [onSession, words],
  )
  const ask = useCallback(
    async <T>(work: () => Promise<T>): Promise<T | undefined> => {
      setBusy(true)
      setFailure(null)
      try {
        return await work()
      } catch (error) {
        fail(error)
        return undefined
      } finally {
        setBusy(false)
      }
    },
    [fail],
  )
  const change = async (work: () => Promise<View>) => {
    const next = await ask(work)
    if (next === undefined) return false
    setView(next)
    changed()
    return true
  }

  useEffect(() => {
    read().then(setView).catch(fail)
  }, [read, fail, revision])

  return {
    view,
    failure,
    isBusy,
    needsProof,
    proven: () => setNeedsProof(false),
    change,
    ask,
    clear: () => setFailure(null),
  }
}
