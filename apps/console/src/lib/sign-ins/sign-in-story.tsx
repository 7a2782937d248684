/** Why a sign-in ended as it did, what to do about it, and the way to the setting that decided it. */
import { Stack, Text } from '@mantine/core'
import type { SignInDetails } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { ButtonLink } from '../links.tsx'
import { settingOfReason } from './reason-settings.ts'
import { clientText, reasonFix, reasonText, reasonTitle, resultStates, whoText } from './sign-in-words.ts'
import { t } from '../words.ts'
import { storySentence } from './sign-in-text.ts'
import './page-words.ts'

export function SignInStory({ signIn }: { readonly signIn: SignInDetails }) {
  const setting = settingOfReason(signIn)
  const fix = reasonFix(signIn)
  return (
    <Stack gap="md">
      <Text maw="46rem">{storySentence(signIn)}</Text>
      <Notice
        state={resultStates[signIn.result]}
        title={reasonTitle(signIn.reason)}
        action={
          setting !== null && (
            <ButtonLink {...setting.link} variant="default">
              {t(`sign-ins.setting.${setting.room}`, { client: clientText(signIn), user: whoText(signIn) })}
            </ButtonLink>
          )
        }
      >
        <Text size="sm" maw="46rem">
          {reasonText(signIn)}
        </Text>
        {fix !== '' && (
          <Text size="sm" mt={4} maw="46rem">
            {fix}
          </Text>
        )}
      </Notice>
    </Stack>
  )
}
