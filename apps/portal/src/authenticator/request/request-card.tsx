/** The question: who signs in where, from where and when, and the three answers to it. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconBuilding, IconClock, IconMapPin, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { language, t } from '../../lib/words.ts'
import styles from '../app.module.css'
import { CountdownRing } from '../countdown-ring.tsx'
import { useModel, type Asking } from '../model.ts'
import { useServerNow } from '../use-server-now.ts'
import { NotMe } from './not-me.tsx'
import { PickNumber } from './pick-number.tsx'
import { PinPad } from './pin-pad.tsx'
import type { ResultKind } from './request-result.tsx'
import { useDecide } from './use-decide.ts'

export interface RequestCardProps {
  readonly asking: Asking
  readonly waiting: number
  /** The person has begun to answer this one. */
  readonly onTouched: () => void
  readonly onResult: (kind: ResultKind, number: string | null) => void
}

export function RequestCard({ asking, waiting, onTouched, onResult }: RequestCardProps) {
  const { request } = asking
  const { clockOffsetMs } = useModel()
  const now = useServerNow(clockOffsetMs)
  const [step, setStep] = useState<'look' | 'number' | 'pin' | 'not-me'>('look')
  const [number, setNumber] = useState<string | null>(null)
  const { send, isSending, problem } = useDecide(asking, onResult)
  const started = Date.parse(request.startedAt)
  const expires = Date.parse(request.expiresAt)

  const approve = (picked: string | null) => {
    onTouched()
    setNumber(picked)
    if (request.matching.kind === 'pick' && picked === null) setStep('number')
    else if (request.withPin) setStep('pin')
    else void send('approve', picked, null)
  }
  return (
    <>
      <Group justify="space-between" wrap="nowrap" mb="md">
        <Stack gap={2}>
          <Text c="dimmed" fz="sm">
            {waiting > 1 ? t('request.oneOf', { count: waiting }) : t('request.kicker')}
          </Text>
          <Title order={1} fz="1.625rem">
            {t('request.title')}
          </Title>
        </Stack>
        <CountdownRing
          leftMs={expires - now}
          wholeMs={Math.max(1, expires - started)}
          label={t('request.secondsLeft')}
        />
      </Group>
      {step === 'look' && <Facts asking={asking} />}
      {problem !== null && (
        <Alert color="red" variant="light" mt="md" icon={<IconAlertTriangle size={18} />} role="alert">
          {problem}
        </Alert>
      )}
      {step === 'look' && (
        <div className={styles.actions}>
          <Button size="xl" radius="lg" loading={isSending} onClick={() => approve(null)}>
            {t('request.approve')}
          </Button>
          <Button
            size="xl"
            radius="lg"
            variant="default"
            disabled={isSending}
            onClick={() => {
              onTouched()
              void send('deny', null, null)
            }}
          >
            {t('request.deny')}
          </Button>
          <Button variant="subtle" color="red" size="md" disabled={isSending} onClick={() => setStep('not-me')}>
            {t('request.notMe')}
          </Button>
        </div>
      )}
      {step === 'number' && request.matching.kind === 'pick' && (
        <PickNumber
          application={request.application}
          choices={request.matching.choices}
          isSending={isSending}
          onPick={approve}
          onNone={() => void send('deny', null, null)}
        />
      )}
      {step === 'pin' && <PinPad isSending={isSending} onPin={(pin) => void send('approve', number, pin)} />}
      <NotMe
        opened={step === 'not-me'}
        application={request.application}
        onCancel={() => setStep('look')}
        onConfirm={() => {
          setStep('look')
          onTouched()
          void send('fraud', null, null)
        }}
      />
    </>
  )
}

function Facts({ asking: { request } }: { readonly asking: Asking }) {
  const time = new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(Date.parse(request.startedAt))
  const facts = [
    [IconBuilding, 'application', request.application],
    [IconUser, 'user', request.username],
    [IconMapPin, 'place', request.place ?? t('request.placeUnknown')],
    [IconClock, 'time', time],
  ] as const
  return (
    <dl className={styles.facts}>
      {facts.map(([Icon, name, value]) => (
        <FactRow
          key={name}
          icon={<Icon size={22} stroke={1.6} aria-hidden />}
          name={t(`request.${name}`)}
          value={value}
        />
      ))}
    </dl>
  )
}

function FactRow({
  icon,
  name,
  value,
}: {
  readonly icon: React.ReactNode
  readonly name: string
  readonly value: string
}) {
  return (
    <>
      <dt title={name}>{icon}</dt>
      <dd>
        <Text fz="xs" c="dimmed">
          {name}
        </Text>
        <Text fw={600} fz="lg">
          {value}
        </Text>
      </dd>
    </>
  )
}
