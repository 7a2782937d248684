/** The sign-in page. */
import { Paper, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { SignInForm } from '../features/sign-in/sign-in-form.tsx'
import { t } from '../lib/words.ts'
import { FrontDoor } from './front-door.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { next = '/status' } = route.useSearch()
  const navigate = useNavigate()
  useDocumentTitle(`${t('sign-in.title')} · ${t('app.name')}`)
  return (
    <FrontDoor width="25rem">
      <Paper withBorder p="lg" mt="8dvh">
        <Title order={1} mb="md">
          {t('sign-in.title')}
        </Title>
        <SignInForm mayLeave onSignedIn={() => void navigate({ href: next, replace: true })} />
      </Paper>
    </FrontDoor>
  )
}
