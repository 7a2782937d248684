/** A sign-in that asks: what it is, the answer, and what came of it. Lies over everything else. */
import { useState } from 'react'
import { serverNow } from '../../lib/device-api.ts'
import styles from '../app.module.css'
import type { Asking } from '../model.ts'
import { RequestCard } from './request-card.tsx'
import { RequestResult, type Result } from './request-result.tsx'

export interface RequestPageProps {
  readonly current: Asking | undefined
  /** Names the one that is being answered. */
  readonly onShow: (id: string | null) => void
  readonly waiting: number
}

export function RequestPage({ current, onShow, waiting }: RequestPageProps) {
  const [result, setResult] = useState<Result | null>(null)
  if (result === null && current === undefined) return null
  return (
    <div className={styles.page} role="dialog" aria-modal="true">
      <div className={styles.column}>
        {result !== null ? (
          <RequestResult
            result={result}
            onClose={() => {
              setResult(null)
              onShow(null)
            }}
          />
        ) : (
          current && (
            <RequestCard
              key={current.request.id}
              asking={current}
              waiting={waiting}
              onTouched={() => onShow(current.request.id)}
              onResult={(kind, number) => {
                const { application, expiresAt } = current.request
                void serverNow().then(() => setResult({ kind, number, application, expiresAt }))
              }}
            />
          )
        )}
      </div>
    </div>
  )
}
