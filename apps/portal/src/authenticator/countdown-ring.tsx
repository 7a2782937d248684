/** A ring that runs out, with what is left in its middle. */
import { RingProgress, Text } from '@mantine/core'

export interface CountdownRingProps {
  readonly leftMs: number
  readonly wholeMs: number
  readonly size?: number
  /** What the ring means, for those who do not see it. */
  readonly label: string
}

export function CountdownRing({ leftMs, wholeMs, size = 56, label }: CountdownRingProps) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const isShort = leftMs < Math.min(10_000, wholeMs / 4)
  const color = isShort ? 'var(--ui-bad)' : 'var(--mantine-color-anchor)'
  return (
    <RingProgress
      size={size}
      thickness={4}
      roundCaps
      rootColor="var(--ui-line)"
      aria-label={`${label}: ${String(seconds)}`}
      role="timer"
      sections={[{ value: Math.max(0, Math.min(100, (leftMs / wholeMs) * 100)), color }]}
      label={
        <Text ta="center" fz={size / 3.6} fw={600} style={{ fontVariantNumeric: 'tabular-nums' }} aria-hidden>
          {seconds}
        </Text>
      }
    />
  )
}
