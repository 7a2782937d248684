/** What was learned of a client from its own requests, in its dialog. */
import type { RadiusClientView } from '@sallyport/contract'
import { RelativeTime, SettingsList } from '@sallyport/ui'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

export function Learned({ client }: { readonly client: RadiusClientView }) {
  const time = (at: string | null) => <RelativeTime at={at} locale={language()} />
  return (
    <SettingsList
      settings={[
        { name: t('radius-authentication.learned.lastSeen'), text: time(client.lastSeenAt) },
        { name: t('radius-authentication.learned.methods'), text: methodsText(client) },
        {
          name: t('radius-authentication.learned.messageAuthenticator'),
          text: time(client.messageAuthenticatorSeenAt),
          hint: t('radius-authentication.learned.messageAuthenticatorHint'),
        },
        {
          name: t('radius-authentication.learned.proxyState'),
          text: time(client.proxyStateSeenAt),
          hint: t('radius-authentication.learned.proxyStateHint'),
        },
      ]}
    />
  )
}

/** `PAP, MS-CHAPv2`; a dash where nothing came yet. */
export function methodsText({ methodsSeen }: Pick<RadiusClientView, 'methodsSeen'>): string {
  if (methodsSeen.length === 0) return '–'
  return methodsSeen.map((method) => t(`radius-authentication.method.${method}`)).join(', ')
}
