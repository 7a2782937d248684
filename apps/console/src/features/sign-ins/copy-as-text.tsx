/** Puts a sign-in on the clipboard as text, for a ticket or a mail. */
import { Button } from '@mantine/core'
import type { SignInDetails } from '@sallyport/contract'
import { notifyDone, notifyFailed } from '@sallyport/ui'
import { IconCopy } from '@tabler/icons-react'
import { t } from '../../lib/words.ts'
import { signInText } from '../../lib/sign-ins/sign-in-text.ts'
import '../../lib/sign-ins/page-words.ts'

export function CopyAsText({ signIn }: { readonly signIn: SignInDetails }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(signInText(signIn))
    } catch {
      notifyFailed(t('sign-ins.details.copyFailed'))
      return
    }
    notifyDone(t('sign-ins.details.copied'))
  }
  return (
    <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
      {t('sign-ins.details.copyAsText')}
    </Button>
  )
}
