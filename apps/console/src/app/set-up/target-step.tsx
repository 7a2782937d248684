/** The second step: the directory, tested, becomes what checks the passwords. */
import { Button, Group, Stack } from '@mantine/core'
import { ErrorPanel, LoadingPanel, notifyFailed, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { LdapForm } from '../../features/directory-integration/ldap-form.tsx'
import { ldapQuery } from '../../features/directory-integration/queries.ts'
import { useChangeTarget } from '../../features/radius-authentication/mutations.ts'
import { targetQuery } from '../../features/radius-authentication/queries.ts'
import { TestTarget } from '../../features/radius-authentication/test-target.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { StepHeading } from './step-heading.tsx'

export function TargetStep({ onNext }: { readonly onNext: () => void }) {
  const { data: ldap, error: ldapError } = useQuery(ldapQuery)
  const { data: target, error: targetError } = useQuery(targetQuery)
  const change = useChangeTarget()
  const choose = () => {
    if (target === undefined || target.kind === 'ldap') return
    change.mutate(
      { kind: 'ldap', version: target.version },
      { onError: (error) => notifyFailed(t('set-up.target.notChosen'), problemText(error)) },
    )
  }
  const error = ldapError ?? targetError
  const ready = ldap?.configured === true && target?.kind === 'ldap'
  return (
    <Stack>
      <StepHeading title={t('set-up.target.title')} text={t('set-up.target.text')} />
      {error !== null && <ErrorPanel title={t('set-up.failed')} detail={problemText(error)} />}
      {ldap === undefined && error === null && <LoadingPanel lines={6} />}
      {ldap !== undefined && <LdapForm ldap={ldap} onSaved={choose} />}
      {ldap?.configured === true && target?.kind === 'none' && (
        <div>
          <Button onClick={choose} loading={change.isPending}>
            {t('set-up.target.choose')}
          </Button>
        </div>
      )}
      {ready && (
        <Section title={t('set-up.target.test')}>
          <TestTarget />
        </Section>
      )}
      <Group justify="flex-end">
        <Button variant={ready ? 'filled' : 'default'} onClick={onNext}>
          {t(`set-up.${ready ? 'next' : 'skip'}`)}
        </Button>
      </Group>
    </Stack>
  )
}
