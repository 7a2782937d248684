/** The second factors of whoever is signed in, and what became of the last attempt to change them. */
import { portalApi, type OwnFactors } from '@sallyport/contract/portal'
import { useCallback, useEffect, useState } from 'react'
import { call, PortalProblem } from '../../lib/portal-api.ts'
import { failureText } from './failure-text.ts'

export interface FactorsCourse {
  /** Undefined: not there yet. */
  readonly factors: OwnFactors | undefined
  /** In words; null: nothing went wrong. */
  readonly failure: string | null
  readonly isBusy: boolean
  /** A factor has to be proven again before anything is changed. */
  readonly needsProof: boolean
  readonly proven: () => void
  /** True once it is done; what `work` answers is what stands from then on. */
  readonly change: (work: () => Promise<OwnFactors>) => Promise<boolean>
  /** The same, for what answers something else; undefined: it failed. */
  readonly ask: <T>(work: () => Promise<T>) => Promise<T | undefined>
  readonly clear: () => void
}

/** @param onSessionOver nobody is signed in any more */
export function useFactors(onSessionOver: () => void): FactorsCourse {
  const [factors, setFactors] = useState<OwnFactors>()
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [needsProof, setNeedsProof] = useState(false)

  const fail = useCallback(
    (error: unknown) => {
      if (!(error instanceof PortalProblem)) throw error
      if (error.code === 'sign-in-required') onSessionOver()
      else if (error.code === 'proof-needed') setNeedsProof(true)
      else setFailure(failureText(error))
    },
    [onSessionOver],
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
  const change = async (work: () => Promise<OwnFactors>) => {
    const changed = await ask(work)
    if (changed !== undefined) setFactors(changed)
    return changed !== undefined
  }

  useEffect(() => {
    call(portalApi.factors.read).then(setFactors).catch(fail)
  }, [fail])

  return {
    factors,
    failure,
    isBusy,
    needsProof,
    proven: () => setNeedsProof(false),
    change,
    ask,
    clear: () => setFailure(null),
  }
}
