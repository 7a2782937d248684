/** Where a browser comes back from the OpenID Connect provider: signed in, at the second step, or told what to do. */
import { Paper, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { api } from '@sallyport/contract'
import { LoadingPanel } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTakeSession } from '../features/sign-in/mutations.ts'
import { SignInForm, stepAfter, type SignInStart } from '../features/sign-in/sign-in-form.tsx'
import { call } from '../lib/api.ts'
import { problemText } from '../lib/problem-text.ts'
import { t } from '../lib/words.ts'
import { FrontDoor } from './front-door.tsx'

const route = getRouteApi('/sign-in/provider')

export function ProviderLandingPage() {
  const { answer } = route.useLoaderData()
  const navigate = useNavigate()
  const takeSession = useTakeSession()
  useDocumentTitle(`${t('sign-in.title')} · ${t('app.name')}`)
  // Good once: asked once, however often the page is drawn.
  const { data, error } = useQuery({
    queryKey: ['provider-answer', answer],
    queryFn: () => call(api.openId.finish, { body: { answer } }, { whenSignedOut: 'fail' }),
    ...{ staleTime: Infinity, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
  })
  const session = data?.next === 'nothing' ? data.session : undefined
  const goOn = () => void navigate({ to: '/status', replace: true })
  useEffect(() => {
    if (session === undefined) return
    takeSession(session)
    goOn()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is there
  }, [session])
  const start = startOf(data === undefined ? undefined : stepAfter(data), error)
  return (
    <FrontDoor width="25rem">
      <Paper withBorder p="lg" mt="8dvh">
        <Title order={1} mb="md">
          {t('sign-in.title')}
        </Title>
        {start === undefined ? <LoadingPanel lines={4} /> : <SignInForm start={start} mayLeave onSignedIn={goOn} />}
      </Paper>
    </FrontDoor>
  )
}

/** Undefined: it is not known yet, or the sign-in is done. */
function startOf(step: SignInStart['step'], error: Error | null): SignInStart | undefined {
  if (error !== null) return { problem: problemText(error) }
  return step === undefined ? undefined : { step }
}
