/** One line of the trace: a mark, a title, what came of it, how long it took; it unfolds to what was known there. */
import { Box, Collapse, Text, UnstyledButton } from '@mantine/core'
import { useId } from '@mantine/hooks'
import {
  IconArrowDownRight,
  IconArrowUpRight,
  IconChevronDown,
  IconChevronRight,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHelpCircleFilled,
  IconPointFilled,
  IconVolumeOff,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { durationText } from '../duration-text.ts'
import classes from './trace.module.css'

type StepState = 'received' | 'passed' | 'accept' | 'reject' | 'challenge' | 'silence' | 'sent'

export interface TraceStepProps {
  readonly id: string
  readonly title: string
  /** What came of it, in words; empty where it only passed the request on. */
  readonly note: string
  readonly state: StepState
  readonly durationMs?: number
  /** Where in the round it began and how much of it it took, 0 to 1. */
  readonly bar?: { readonly start: number; readonly width: number }
  /** False: there is nothing to unfold. */
  readonly content: ReactNode
  readonly opened: boolean
  readonly onToggle: () => void
}

const marks: Record<StepState, { readonly icon: Icon; readonly color: string }> = {
  received: { icon: IconArrowDownRight, color: 'var(--ui-neutral)' },
  passed: { icon: IconPointFilled, color: 'var(--ui-neutral)' },
  accept: { icon: IconCircleCheckFilled, color: 'var(--ui-good)' },
  reject: { icon: IconCircleXFilled, color: 'var(--ui-bad)' },
  challenge: { icon: IconHelpCircleFilled, color: 'var(--mantine-color-anchor)' },
  silence: { icon: IconVolumeOff, color: 'var(--ui-warning)' },
  sent: { icon: IconArrowUpRight, color: 'var(--ui-neutral)' },
}

export function TraceStep({ title, note, state, durationMs, bar, content, opened, onToggle }: TraceStepProps) {
  const contentId = useId()
  const { icon: Mark, color } = marks[state]
  const unfolds = content !== false && content !== null
  const Chevron = opened ? IconChevronDown : IconChevronRight
  const line = (
    <span className={classes['line']}>
      <Box component="span" className={classes['mark'] ?? ''} c={color}>
        <Mark size={18} aria-hidden />
      </Box>
      <span>
        <Text component="span" size="sm" fw={600}>
          {title}
        </Text>{' '}
        {note !== '' && (
          <Text component="span" size="sm" c="dimmed">
            {note}
          </Text>
        )}
      </span>
      <span className={classes['bar']} aria-hidden>
        {bar !== undefined && (
          <span style={{ marginInlineStart: `${bar.start * 100}%`, width: `max(2px, ${bar.width * 100}%)` }} />
        )}
      </span>
      <Text component="span" size="xs" c="dimmed" ff="monospace" ta="end" style={{ whiteSpace: 'nowrap' }}>
        {durationMs !== undefined && durationText(durationMs)}
      </Text>
      {unfolds ? <Chevron size={16} aria-hidden /> : <span />}
    </span>
  )
  return (
    <li className={classes['step']}>
      {unfolds ? (
        <UnstyledButton
          className={classes['toggle'] ?? ''}
          onClick={onToggle}
          aria-expanded={opened}
          aria-controls={contentId}
        >
          {line}
        </UnstyledButton>
      ) : (
        line
      )}
      {unfolds && (
        <Collapse expanded={opened} id={contentId}>
          <Box pl={30} pb="xs">
            {content}
          </Box>
        </Collapse>
      )}
    </li>
  )
}
