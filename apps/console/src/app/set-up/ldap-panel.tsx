/** The target *LDAP bind* in the set-up wizard: the directory is described and tested here, where elsewhere it has a screen of its own. */
import { Stack, Text } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { LdapForm } from '../../features/directory-integration/ldap-form.tsx'
import { ldapQuery } from '../../features/directory-integration/queries.ts'
import type { PanelProps } from '../../features/radius-authentication/target-panel.ts'
import { TestTarget } from '../../features/radius-authentication/test-target.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function LdapPanel({ inUse, onSaved }: PanelProps) {
  const { data: ldap, error, refetch } = useQuery(ldapQuery)
  return (
    <Stack>
      <Text size="sm">{t('set-up.target.ldapText')}</Text>
      {ldap === undefined && error === null && <LoadingPanel lines={6} />}
      {ldap === undefined && error !== null && (
        <ErrorPanel title={t('set-up.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {ldap !== undefined && <LdapForm ldap={ldap} onSaved={onSaved} />}
      {inUse && (
        <Section title={t('set-up.target.test')}>
          <TestTarget />
        </Section>
      )}
    </Stack>
  )
}
