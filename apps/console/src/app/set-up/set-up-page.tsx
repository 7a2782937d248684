/** The set-up wizard: five steps from nothing to the first sign-in; each can be left, and gone back to. */
import { Paper, Stack, Stepper, Text, Title } from '@mantine/core'
import { useDocumentTitle, useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { statusQuery } from '../../features/status/queries.ts'
import { ButtonLink } from '../../lib/links.tsx'
import { t } from '../../lib/words.ts'
import { FrontDoor } from '../front-door.tsx'
import { AdministratorStep } from './administrator-step.tsx'
import { ClientStep } from './client-step.tsx'
import { EnableStep } from './enable-step.tsx'
import { isStepDone, nextStep, setUpSteps, type SetUpStep } from './steps.ts'
import { TargetStep } from './target-step.tsx'
import { UserStep } from './user-step.tsx'
import './page-words.ts'

const route = getRouteApi('/set-up')

export function SetUpPage() {
  const { needed } = route.useRouteContext()
  const { step: chosen } = route.useSearch()
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const { data: status } = useQuery({ ...statusQuery, enabled: !needed })
  useDocumentTitle(`${t('set-up.title')} · ${t('app.name')}`)
  const step = needed ? 'administrator' : chosen === undefined || chosen === 'administrator' ? nextStep(status) : chosen
  const go = (next: SetUpStep) => () => void navigate({ to: '/set-up', search: { step: next } })
  const waiting = !needed && status === undefined
  const content: Record<SetUpStep, ReactNode> = {
    administrator: <AdministratorStep onDone={go('target')} />,
    target: <TargetStep onNext={go('client')} />,
    client: <ClientStep onNext={go('user')} />,
    user: <UserStep onNext={go('enable')} />,
    enable: <EnableStep />,
  }
  return (
    <FrontDoor
      width="54rem"
      action={
        !needed && (
          <ButtonLink variant="default" to="/status">
            {t('set-up.leave')}
          </ButtonLink>
        )
      }
    >
      <Stack gap="lg">
        <div>
          <Title order={1}>{t('set-up.title')}</Title>
          <Text c="dimmed">{t('set-up.description')}</Text>
        </div>
        <Stepper
          active={setUpSteps.indexOf(step)}
          onStepClick={(index) => go(setUpSteps[index] ?? 'target')()}
          orientation={narrow ? 'vertical' : 'horizontal'}
          size="sm"
          aria-label={t('set-up.title')}
        >
          {setUpSteps.map((name) => (
            <Stepper.Step
              key={name}
              label={t(`set-up.steps.${name}`)}
              allowStepSelect={!needed && name !== 'administrator'}
              {...(isStepDone(name, status) && name !== step && { color: 'accent', state: 'stepCompleted' as const })}
              aria-current={name === step ? 'step' : undefined}
            />
          ))}
        </Stepper>
        <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
          {waiting ? null : content[step]}
        </Paper>
      </Stack>
    </FrontDoor>
  )
}
