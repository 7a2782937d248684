/** Retention: for how long each kind of record is kept, how much of it there is, and what was removed. */
import { Text } from '@mantine/core'
import type { RetentionView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Page, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { sizeText } from './numbers.ts'
import { RetentionForm } from './retention-form.tsx'
import { RetentionRuns } from './retention-runs.tsx'
import { retentionQuery } from './retention-data.ts'
import './page-words.ts'

export function RetentionPage() {
  const { data, error, refetch } = useQuery(retentionQuery)
  return (
    <Page title={t('retention.title')} description={t('retention.description')} width="reading">
      {data !== undefined && (
        <>
          <Section title={t('retention.howLong')} description={t('retention.howLongText')}>
            <RetentionForm view={data} />
            <FileSize file={data.file} />
          </Section>
          <Section title={t('retention.lately')} description={t('retention.latelyText')}>
            <RetentionRuns runs={data.runs} />
          </Section>
        </>
      )}
      {data === undefined && error === null && <LoadingPanel lines={8} />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('retention.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Page>
  )
}

function FileSize({ file }: Pick<RetentionView, 'file'>) {
  if (file === null) return null
  return (
    <Text size="sm" c="dimmed" mt="md">
      {t('retention.file', { size: sizeText(file.octets), free: sizeText(file.freeOctets) })}
    </Text>
  )
}
