/** The present by the server's clock, for countdowns: ticks while the screen is there. */
import { useEffect, useState } from 'react'

export function useServerNow(clockOffsetMs: number, everyMs = 250): number {
  const [now, setNow] = useState(() => Date.now() + clockOffsetMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + clockOffsetMs), everyMs)
    return () => clearInterval(timer)
  }, [clockOffsetMs, everyMs])
  return now
}
