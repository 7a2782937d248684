/** The trace of a sign-in: its rounds, each a line of stages with durations, each stage unfolding to what was known there. */
import { Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import type { TraceFact, TraceRound, TraceStage } from '@sallyport/contract'
import { RelativeTime, Section } from '@sallyport/ui'
import { useState } from 'react'
import { durationText } from '../duration-text.ts'
import { factName, reasonTitle, stageText } from './sign-in-words.ts'
import { t } from '../words.ts'
import { FactList } from './fact-list.tsx'
import { TraceStep, type TraceStepProps } from './trace-step.tsx'
import classes from './trace.module.css'
import './page-words.ts'

export function Trace({ rounds }: { readonly rounds: readonly TraceRound[] }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(firstOpened(rounds)))
  const all = rounds.flatMap((round, index) => [
    `${index} request`,
    ...round.stages.map(({ stage }) => `${index} ${stage}`),
    `${index} reply`,
  ])
  const allOpen = all.every((key) => opened.has(key))
  const toggle = (key: string) => {
    const next = new Set(opened)
    if (!next.delete(key)) next.add(key)
    setOpened(next)
  }
  return (
    <Section
      title={t('sign-ins.trace.title')}
      description={t(rounds.length === 0 ? 'sign-ins.trace.none' : 'sign-ins.trace.description')}
      action={
        rounds.length > 0 && (
          <Button variant="subtle" size="xs" onClick={() => setOpened(new Set(allOpen ? [] : all))}>
            {t(allOpen ? 'sign-ins.trace.foldAll' : 'sign-ins.trace.expandAll')}
          </Button>
        )
      }
    >
      <Stack gap="lg">
        {rounds.map((round, index) => (
          <Round
            key={index}
            round={round}
            number={index + 1}
            steps={stepsOf(round, index).map((step) => ({
              ...step,
              opened: opened.has(step.id),
              onToggle: () => toggle(step.id),
            }))}
          />
        ))}
      </Stack>
    </Section>
  )
}

type Step = Omit<TraceStepProps, 'opened' | 'onToggle'>

function Round(props: {
  readonly round: TraceRound
  readonly number: number
  readonly steps: readonly TraceStepProps[]
}) {
  const { round, number, steps } = props
  return (
    <Box>
      <Group justify="space-between" gap="xs" mb={6}>
        <Title order={3}>
          {t('sign-ins.trace.round', { number })}
          <Text component="span" size="sm" c="dimmed" fw={400}>
            {' · '}
            {t('sign-ins.trace.roundText', {
              request: round.request.code,
              reply: round.reply?.code ?? t('sign-ins.trace.silence'),
            })}
          </Text>
        </Title>
        <Text size="sm" c="dimmed">
          <RelativeTime at={round.at} /> · {durationText(round.durationMs)}
        </Text>
      </Group>
      <ol className={classes['steps']}>
        {steps.map((step) => (
          <TraceStep key={step.id} {...step} />
        ))}
      </ol>
    </Box>
  )
}

function stepsOf(round: TraceRound, index: number): Step[] {
  const { request, reply, stages } = round
  const asked = t('sign-ins.trace.attributes', { code: request.code, identifier: request.identifier })
  return [
    {
      id: `${index} request`,
      title: t('sign-ins.trace.request'),
      note: asked,
      state: 'received',
      content: <Attributes facts={request.attributes} />,
    },
    ...stages.map((stage, position) => stageStep(stage, index, share(stages, position, round.durationMs))),
    {
      id: `${index} reply`,
      title: t('sign-ins.trace.reply'),
      note: reply?.code ?? t('sign-ins.trace.silence'),
      state: reply === null ? 'silence' : 'sent',
      content: reply !== null && <Attributes facts={reply.attributes} />,
    },
  ]
}

function stageStep(stage: TraceStage, index: number, bar: { readonly start: number; readonly width: number }): Step {
  const { verdict, reason, facts, durationMs } = stage
  const note = [verdict === null ? null : t(`sign-ins.trace.verdict.${verdict}`), reason && reasonTitle(reason)]
  return {
    id: `${index} ${stage.stage}`,
    title: stageText(stage.stage),
    note: note.filter((part) => part !== null).join(': '),
    state: verdict ?? 'passed',
    durationMs,
    bar,
    content: facts.length > 0 && <FactList facts={facts.map(({ name, value }) => ({ name: factName(name), value }))} />,
  }
}

function Attributes({ facts }: { readonly facts: readonly TraceFact[] }) {
  return facts.length === 0 ? (
    <Text size="sm" c="dimmed">
      {t('sign-ins.trace.noAttributes')}
    </Text>
  ) : (
    <FactList facts={facts} monospaced />
  )
}

/** Where in the round a stage began and how much of it it took, 0 to 1. */
function share(stages: readonly TraceStage[], position: number, roundMs: number): { start: number; width: number } {
  const before = stages.slice(0, position).reduce((sum, stage) => sum + stage.durationMs, 0)
  const whole = Math.max(roundMs, before + (stages[position]?.durationMs ?? 0), 0.001)
  return { start: before / whole, width: (stages[position]?.durationMs ?? 0) / whole }
}

/** The stages that ended something are open from the start. */
function firstOpened(rounds: readonly TraceRound[]): string[] {
  return rounds.flatMap(({ stages }, index) =>
    stages.filter(({ verdict }) => verdict !== null).map(({ stage }) => `${index} ${stage}`),
  )
}
