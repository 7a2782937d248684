/** What a route shows while it loads, when it fails, and when it does not exist. */
import { Button, Center } from '@mantine/core'
import { EmptyState, ErrorPanel, LoadingPanel } from '@sallyport/ui'
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { IconMap2 } from '@tabler/icons-react'
import { problemText } from '../lib/problem-text.ts'
import { t } from '../lib/words.ts'

export function RoutePending() {
  return <LoadingPanel />
}

export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <ErrorPanel title={t('app.failed')} detail={problemText(error)} onRetry={retry} />
}

export function NotFound() {
  return (
    <Center mih="50dvh">
      <EmptyState
        icon={<IconMap2 size={36} />}
        title={t('app.notFound.title')}
        action={
          <Button component={Link} to="/status">
            {t('app.notFound.home')}
          </Button>
        }
      >
        {t('app.notFound.text')}
      </EmptyState>
    </Center>
  )
}
