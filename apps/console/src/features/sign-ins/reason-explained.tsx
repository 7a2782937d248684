/** What the reason means that the report is filtered by, and the way to the setting behind it. */
import { Text } from '@mantine/core'
import type { SignInReason } from '@sallyport/contract'
import { TextLink } from '../../lib/links.tsx'
import { roomOfReason } from '../../lib/sign-ins/reason-settings.ts'
import { reasonInGeneral } from '../../lib/sign-ins/sign-in-words.ts'
import { t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'

export function ReasonExplained({ reason }: { readonly reason: SignInReason }) {
  const { text, fix } = reasonInGeneral(reason)
  const setting = roomOfReason(reason)
  return (
    <Text size="sm" c="dimmed" maw="46rem">
      {text} {fix} {setting !== null && <TextLink {...setting.link}>{t(`sign-ins.about.${setting.room}`)}</TextLink>}
    </Text>
  )
}
