/** Status: is it working, for whom not, and what needs somebody. */
import { SimpleGrid, Stack } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { CountList } from './count-list.tsx'
import { LastHour } from './last-hour.tsx'
import { dropText, dropTotal } from './drop-text.ts'
import { statusQuery } from './queries.ts'
import { RadiusCard } from './radius-card.tsx'
import { ReasonLink } from './reason-link.tsx'
import { TargetCard } from './target-card.tsx'
import { WorthDoing } from './worth-doing.tsx'
import './page-words.ts'

export function StatusPage() {
  const { data, error, refetch } = useQuery(statusQuery)
  return (
    <Page title={t('status.title')} description={t('status.description')}>
      {error !== null && (
        <ErrorPanel
          title={t(data === undefined ? 'status.failed' : 'status.stale')}
          detail={problemText(error)}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && error === null && <LoadingPanel lines={6} />}
      {data !== undefined && (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <RadiusCard status={data} />
            <TargetCard target={data.target} />
          </SimpleGrid>
          <WorthDoing items={data.worthDoing} />
          <LastHour minutes={data.lastHour} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <CountList
              title={t('status.reasons.title')}
              description={t('status.reasons.text')}
              none={t('status.reasons.none')}
              rows={data.reasons.map(({ reason, count }) => ({
                key: reason,
                name: <ReasonLink reason={reason} />,
                count,
              }))}
            />
            <CountList
              title={t('status.drops.title')}
              description={t('status.drops.text')}
              none={t('status.drops.none')}
              rows={data.drops.map(({ name, count }) => ({ key: name, name: dropText(name), count }))}
              total={dropTotal(data.drops)}
            />
          </SimpleGrid>
        </Stack>
      )}
    </Page>
  )
}
