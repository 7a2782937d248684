/** Certificates: what each listener that can speak TLS shows, and where console and portal take theirs from. */
import { Button } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Page, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { CertificateFacts } from './certificate-facts.tsx'
import { certificatesQuery } from './certificate-data.ts'
import { ListenerSection } from './listener-section.tsx'
import './page-words.ts'

export function CertificatesPage() {
  const { data, error, refetch } = useQuery(certificatesQuery)
  const router = useRouter()
  return (
    <Page title={t('certificates.title')} description={t('certificates.description')} width="reading">
      {data?.listeners.map((each) => (
        <ListenerSection key={each.listener} listener={each} />
      ))}
      {data !== undefined && (
        <Section
          title={t('certificates.listener.radsec')}
          description={t('certificates.radsecText')}
          action={
            <Button
              variant="default"
              size="xs"
              onClick={() => void router.navigate({ href: '/radius-authentication' })}
            >
              {t('certificates.toRadsec')}
            </Button>
          }
        >
          <CertificateFacts standing={data.radsec} />
        </Section>
      )}
      {data === undefined && error === null && <LoadingPanel lines={8} />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('certificates.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Page>
  )
}
