/** One sign-in: what came of it in words, what is known, and the trace. */
import { Stack } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ApiProblem } from '../../lib/api.ts'
import { BackLink } from '../../lib/back-link.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { signInQuery } from '../../lib/sign-ins/queries.ts'
import { t } from '../../lib/words.ts'
import { CopyAsText } from './copy-as-text.tsx'
import { KnownFacts } from './known-facts.tsx'
import { SignInStory } from '../../lib/sign-ins/sign-in-story.tsx'
import { storyTitle } from '../../lib/sign-ins/sign-in-text.ts'
import { Trace } from '../../lib/sign-ins/trace.tsx'
import '../../lib/sign-ins/page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/sign-ins/$id')

export function SignInPage() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(signInQuery(id))
  const back = <BackLink to="/reports/sign-ins">{t('sign-ins.details.back')}</BackLink>
  if (data === undefined) {
    return (
      <Stack gap="xs">
        {back}
        {error === null ? (
          <LoadingPanel />
        ) : (
          <ErrorPanel
            title={t('sign-ins.details.failed')}
            detail={isUnknown(error) ? t('sign-ins.details.gone') : problemText(error)}
            onRetry={() => void refetch()}
          />
        )}
      </Stack>
    )
  }
  return (
    <Stack gap="xs">
      {back}
      <Page title={storyTitle(data)} action={<CopyAsText signIn={data} />}>
        <SignInStory signIn={data} />
        <KnownFacts signIn={data} />
        <Trace rounds={data.rounds} />
      </Page>
    </Stack>
  )
}

/** An id that no sign-in has, or that is no id at all. */
function isUnknown(error: Error): boolean {
  return error instanceof ApiProblem && (error.code === 'not-found' || error.code === 'invalid-input')
}
