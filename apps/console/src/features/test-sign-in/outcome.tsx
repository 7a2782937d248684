/** What the test came to, why, and what to do about it. */
import { Button, Loader, Stack, Text } from '@mantine/core'
import type { TestSignInView } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { ButtonLink, TextLink } from '../../lib/links.tsx'
import { settingOfReason } from '../../lib/sign-ins/reason-settings.ts'
import { clientText, reasonFix, reasonText, whoText } from '../../lib/sign-ins/sign-in-words.ts'
import { t } from '../../lib/words.ts'
import { outcomeState, outcomeText, outcomeTitle } from './outcome-words.ts'
import './page-words.ts'
import '../../lib/sign-ins/page-words.ts'

export interface OutcomeProps {
  readonly view: TestSignInView
  readonly onStop: () => void
  readonly stopping: boolean
}

export function Outcome({ view, onStop, stopping }: OutcomeProps) {
  const { state, signIn, mschapProof, mschapError } = view
  const goesOn = state === 'waiting' || state === 'challenged'
  const setting = signIn === null || goesOn ? null : settingOfReason(signIn)
  const why = signIn === null || goesOn ? [] : [reasonText(signIn), reasonFix(signIn)]
  const lines = [
    outcomeText(view),
    ...why,
    mschapProof !== null && t(`test-sign-in.mschapProof.${mschapProof}`),
    mschapError !== null &&
      t('test-sign-in.mschapError', { code: mschapError.code, message: mschapError.message ?? '' }),
  ].filter((line) => line !== false && line !== '')
  return (
    <Notice
      state={outcomeState(view)}
      title={outcomeTitle(view)}
      action={
        goesOn ? (
          <Button variant="default" size="xs" onClick={onStop} loading={stopping}>
            {t('test-sign-in.outcome.stop')}
          </Button>
        ) : (
          setting !== null &&
          signIn !== null && (
            <ButtonLink {...setting.link} variant="default" size="xs">
              {t(`sign-ins.setting.${setting.room}`, { client: clientText(signIn), user: whoText(signIn) })}
            </ButtonLink>
          )
        )
      }
    >
      <Stack gap={4} maw="46rem">
        {lines.map((line, index) => (
          <Text key={index} size="sm">
            {line}
          </Text>
        ))}
        {signIn !== null && !goesOn && (
          <TextLink to="/reports/sign-ins/$id" params={{ id: signIn.id }} size="sm">
            {t('test-sign-in.outcome.report')}
          </TextLink>
        )}
        {state === 'waiting' && <Loader size="xs" type="dots" aria-label={t('test-sign-in.outcome.waiting.title')} />}
      </Stack>
    </Notice>
  )
}
