/** A moment as “5 minutes ago”, with the exact time on hover, local and UTC; it keeps itself current. */
import { Tooltip } from '@mantine/core'
import { useState, useSyncExternalStore } from 'react'
import { exactTimeText, relativeTimeText, utcTimeText } from './relative-time-text.ts'
import { useLanguage, useUiWords } from './use-ui-words.ts'

const refreshMs = 15_000

export interface RelativeTimeProps {
  /** ISO 8601; null reads as “never”. */
  readonly at: string | null
  /** Says something else than “never” for null. */
  readonly absent?: string
  /** A BCP 47 tag; the language of the components when absent. */
  readonly locale?: string
}

export function RelativeTime({ at, absent, locale }: RelativeTimeProps) {
  const words = useUiWords()
  const spoken = useLanguage()
  const language = locale ?? spoken
  const now = useSyncExternalStore(clock.subscribe, clock.now)
  const [near, setNear] = useState(false)
  if (at === null) return <span>{absent ?? words.never}</span>
  const moment = Date.parse(at)
  const time = (
    <time
      dateTime={at}
      style={{ whiteSpace: 'nowrap' }}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {relativeTimeText(moment, Math.max(now, moment > now && moment - now < refreshMs ? moment : now), language)}
    </time>
  )
  // A tooltip for each of a hundred rows costs more than the rows: it comes when the pointer does.
  if (!near) return time
  return (
    <Tooltip
      opened
      label={`${exactTimeText(moment, language)}\n${utcTimeText(moment)}`}
      style={{ whiteSpace: 'pre-line' }}
    >
      {time}
    </Tooltip>
  )
}

/** One timer for all of them, which runs while any is on the screen. */
const clock = createClock()

function createClock() {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    now: () => now,
    subscribe: (listener: () => void) => {
      if (timer === undefined) {
        now = Date.now()
        timer = setInterval(tick, refreshMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
