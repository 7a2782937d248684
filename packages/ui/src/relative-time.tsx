/** A moment as “5 minutes ago”, with the exact time on hover and focus; it keeps itself current. */
import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { exactTimeText, relativeTimeText } from './relative-time-text.ts'
import { useUiWords } from './words.tsx'

const refreshMs = 15_000

export interface RelativeTimeProps {
  /** ISO 8601; null reads as “never”. */
  readonly at: string | null
  /** Says something else than “never” for null. */
  readonly absent?: string
  /** A BCP 47 tag; the browser's own when absent. */
  readonly locale?: string
}

export function RelativeTime({ at, absent, locale }: RelativeTimeProps) {
  const words = useUiWords()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), refreshMs)
    return () => clearInterval(timer)
  }, [])
  if (at === null) return <span>{absent ?? words.never}</span>
  const moment = Date.parse(at)
  return (
    <Tooltip label={exactTimeText(moment, locale)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {relativeTimeText(moment, Math.max(now, moment > now && moment - now < refreshMs ? moment : now), locale)}
      </time>
    </Tooltip>
  )
}
