/** The target *LDAP bind*: where its settings stand, and its test. */
import { Anchor, Text } from '@mantine/core'
import { api } from '@sallyport/contract'
import { Section } from '@sallyport/ui'
import { Link } from '@tanstack/react-router'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { TestTarget } from './test-target.tsx'
import './page-words.ts'

export function TargetLdap() {
  const test = useMay(api.radius.testTarget)
  return (
    <Section
      title={t('radius-authentication.target.directory')}
      action={
        <Anchor component={Link} to="/directory-integration" size="sm">
          {t('radius-authentication.target.openLdap')}
        </Anchor>
      }
    >
      <Text size="sm" mb="md" maw="46rem">
        {t('radius-authentication.target.ldapNote')}
      </Text>
      {test.may && <TestTarget />}
    </Section>
  )
}
