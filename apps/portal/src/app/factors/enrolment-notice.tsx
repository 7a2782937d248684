/** What whoever came in without their second factor is told: to add one that they can use, and what follows once they have. */
import { Notice } from '@sallyport/ui'
import { useState } from 'react'
import { t } from '../../lib/words.ts'

export interface EnrolmentNoticeProps {
  /** How many second factors there are now. */
  readonly count: number
  /** By a recovery code: what is lost may be removed. */
  readonly mayRemove: boolean
}

export function EnrolmentNotice({ count, mayRemove }: EnrolmentNoticeProps) {
  const [atFirst] = useState(count)
  if (count > atFirst) {
    return (
      <Notice state="good" title={t('factors.enrolled')}>
        {t('factors.enrolledText')}
      </Notice>
    )
  }
  if (count === 0) return null
  return (
    <Notice state="warning" title={t('factors.lost')}>
      {t(mayRemove ? 'factors.lostText' : 'factors.lostEnrolText')}
    </Notice>
  )
}
