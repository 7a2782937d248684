/** My account: how the signed-in administrator signs in, and where they are signed in. */
import { Button, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ErrorPanel, LoadingPanel, Page, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { accountQuery } from './account-data.ts'
import { ChangePassword } from './change-password.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { Passkeys } from './passkeys.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecondFactor } from './second-factor.tsx'
import './page-words.ts'

export function AccountPage() {
  const { data, error, refetch } = useQuery(accountQuery)
  return (
    <Page title={t('account.title')} description={t('account.description')} width="reading">
      {data === undefined && error !== null && (
        <ErrorPanel title={t('account.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <LoadingPanel />}
      {data !== undefined && (
        <Stack gap="lg">
          <Password />
          <SecondFactor account={data} />
          <Passkeys account={data} />
          <RecoveryCodes account={data} />
          <OwnSessions />
        </Stack>
      )}
    </Page>
  )
}

function Password() {
  const [changing, { open, close }] = useDisclosure(false)
  return (
    <Section
      title={t('account.password.section')}
      description={t('account.password.sectionText')}
      action={
        <Button variant="default" onClick={open}>
          {t('account.password.submit')}
        </Button>
      }
    >
      {changing && <ChangePassword onClose={close} />}
    </Section>
  )
}
