/** The second step: what checks the passwords, of every kind that there is, tested. */
import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Target } from '../../features/radius-authentication/target.tsx'
import { statusQuery } from '../../features/status/queries.ts'
import { t } from '../../lib/words.ts'
import { LdapPanel } from './ldap-panel.tsx'
import { StepHeading } from './step-heading.tsx'
import { isStepDone } from './steps.ts'
import './page-words.ts'

export function TargetStep({ onNext }: { readonly onNext: () => void }) {
  const { data: status } = useQuery(statusQuery)
  const done = isStepDone('target', status)
  return (
    <Stack>
      <StepHeading title={t('set-up.target.title')} text={t('set-up.target.text')} />
      <Target inSetUp={{ LdapPanel }} />
      <Group justify="flex-end">
        <Button variant={done ? 'filled' : 'default'} onClick={onNext}>
          {t(`set-up.${done ? 'next' : 'skip'}`)}
        </Button>
      </Group>
    </Stack>
  )
}
