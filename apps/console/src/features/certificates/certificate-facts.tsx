/** What a listener shows to whoever connects: the facts of its certificate, and what is wrong with it. */
import { Stack } from '@mantine/core'
import type { ListenerCertificatesView, ListenerCertificateView, ShownCertificate } from '@sallyport/contract'
import { Notice, RelativeTime, SettingsList, StatusDot } from '@sallyport/ui'
import { language, sentence, t } from '../../lib/words.ts'
import './page-words.ts'

type Standing = ListenerCertificatesView['radsec']

interface CertificateFactsProps {
  readonly standing: Standing
  /** Of what is shown; absent: nobody asks. */
  readonly shows?: ListenerCertificateView['shows']
  readonly files?: readonly string[]
}

export function CertificateFacts({ standing, shows = null, files = [] }: CertificateFactsProps) {
  const { address, speaks, behindProxy, certificate, problem, warnings } = standing
  const port = /^radsec:\/\/:(\d+)$/u.exec(address)?.[1]
  const place = port === undefined ? address : t('certificates.radsecAddress', { port })
  const said = speaks === 'plain' && behindProxy ? 'proxy' : speaks
  const state = speaks === 'plain' && !behindProxy ? 'warning' : speaks === 'off' ? 'neutral' : 'good'
  return (
    <Stack gap="sm">
      <StatusDot state={state}>{t(`certificates.speaks.${said}`, { address: place })}</StatusDot>
      {problem !== null && <Notice state="bad" title={sentence(problem)} />}
      {warnings.map((each) => (
        <Notice key={each} state="warning" title={sentence(each)} />
      ))}
      {certificate !== null && <Facts certificate={certificate} shows={shows} files={files} />}
    </Stack>
  )
}

const dots = { good: 'good', expiring: 'warning', expired: 'bad' } as const

function Facts({
  certificate,
  shows,
  files,
}: Required<Pick<CertificateFactsProps, 'shows' | 'files'>> & { readonly certificate: ShownCertificate }) {
  const { subject, names, issuer, fingerprint, validFrom, expiresAt, state, keyType } = certificate
  const field = (key: string) => t(`certificates.field.${key}`)
  const valid = (
    <>
      {t('certificates.validText', { from: day(validFrom), to: day(expiresAt) })}
      <StatusDot state={dots[state]}>
        {t(`certificates.state.${state}`)} <RelativeTime at={expiresAt} locale={language()} />
      </StatusDot>
    </>
  )
  return (
    <SettingsList
      settings={[
        ...(shows === null
          ? []
          : [{ name: field('source'), text: wrapped([t(`certificates.shows.${shows}`), ...files].join(' · ')) }]),
        { name: field('subject'), text: wrapped(subject) },
        { name: field('names'), text: wrapped(names.length === 0 ? t('certificates.noNames') : names.join(', ')) },
        { name: field('issuer'), text: wrapped(issuer) },
        { name: field('valid'), text: valid },
        { name: field('keyType'), text: keyType },
        { name: field('fingerprint'), value: fingerprint },
      ]}
    />
  )
}

function wrapped(text: string) {
  return <span style={{ overflowWrap: 'anywhere' }}>{text}</span>
}

function day(at: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(at))
}
