/** What a test of the provider found, or what is wrong and how to mend it. */
import type { OpenIdTestResult } from '@sallyport/contract'
import { Notice, SettingsList } from '@sallyport/ui'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function TestOutcome({ result }: { readonly result: OpenIdTestResult }) {
  if (result.outcome === 'failed') {
    const { problem, said } = result
    return (
      <Notice state="bad" title={t(`sign-in-provider.test.${problem}.title`)}>
        {t(`sign-in-provider.test.${problem}.text`, { said })}
      </Notice>
    )
  }
  return (
    <Notice state="good" title={t('sign-in-provider.test.found')}>
      {t('sign-in-provider.test.foundText')}
      <SettingsList
        settings={[
          { name: t('sign-in-provider.test.authorizationEndpoint'), value: result.authorizationEndpoint },
          { name: t('sign-in-provider.test.tokenEndpoint'), value: result.tokenEndpoint },
          {
            name: t('sign-in-provider.test.signatures'),
            text: t('sign-in-provider.test.signaturesOf', {
              algorithms: result.algorithms.join(', '),
              count: result.keys,
            }),
          },
        ]}
      />
    </Notice>
  )
}
