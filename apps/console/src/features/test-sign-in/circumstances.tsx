/** What a test has to do with whether devices are served: RADIUS that is off, and a target that nobody chose. */
import { Notice } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../../lib/links.tsx'
import { radiusSettingsQuery, targetQuery } from '../../lib/radius-settings.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function Circumstances() {
  const settings = useQuery(radiusSettingsQuery)
  const target = useQuery(targetQuery)
  return (
    <>
      {settings.data?.enabled === false && (
        <Notice
          state="neutral"
          title={t('test-sign-in.radiusOff.title')}
          action={
            <ButtonLink to="/radius-authentication" variant="default" size="xs">
              {t('test-sign-in.radiusOff.action')}
            </ButtonLink>
          }
        >
          {t('test-sign-in.radiusOff.text')}
        </Notice>
      )}
      {target.data?.kind === 'none' && (
        <Notice
          state="warning"
          title={t('test-sign-in.noTarget.title')}
          action={
            <ButtonLink to="/radius-authentication" search={{ tab: 'target' }} variant="default" size="xs">
              {t('test-sign-in.noTarget.action')}
            </ButtonLink>
          }
        >
          {t('test-sign-in.noTarget.text')}
        </Notice>
      )}
    </>
  )
}
