/** The sign-in page and its route; it leads back to where one wanted to go. */
import { Paper, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { createRoute, redirect, useNavigate } from '@tanstack/react-router'
import { z } from 'zod'
import { SignInForm } from '../features/sign-in/sign-in-form.tsx'
import { setUpQuery } from '../lib/session.ts'
import { rootRoute } from '../lib/shell-route.tsx'
import { t } from '../lib/words.ts'
import { FrontDoor } from './front-door.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // Only paths of this console: an address elsewhere would turn the page into a springboard.
  validateSearch: z.object({
    next: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  }),
  beforeLoad: async ({ context }) => {
    const { needed } = await context.queryClient.query(setUpQuery)
    if (needed) redirect({ to: '/set-up', throw: true })
  },
  component: SignInPage,
})

function SignInPage() {
  const { next = '/status' } = signInRoute.useSearch()
  const navigate = useNavigate()
  useDocumentTitle(`${t('sign-in.title')} · ${t('app.name')}`)
  return (
    <FrontDoor width="25rem">
      <Paper withBorder p="lg" mt="8dvh">
        <Title order={1} mb="md">
          {t('sign-in.title')}
        </Title>
        <SignInForm onSignedIn={() => void navigate({ href: next, replace: true })} />
      </Paper>
    </FrontDoor>
  )
}
