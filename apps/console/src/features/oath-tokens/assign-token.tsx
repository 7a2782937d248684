/** The dialog that gives a token to a user. */
import type { TokenView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { useAssignToken } from '../../lib/oath-tokens/mutations.ts'
import { problemText } from '../../lib/problem-text.ts'
import { UserSelect, type ChosenUser } from '../../lib/users/user-select.tsx'
import { t } from '../../lib/words.ts'
import '../../lib/oath-tokens/page-words.ts'

export function AssignToken({ token, onClose }: { readonly token: TokenView; readonly onClose: () => void }) {
  const [user, setUser] = useState<ChosenUser | null>(null)
  const assign = useAssignToken()
  const { serialNumber } = token
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (user === null) return
    assign.mutate(
      { token, userId: user.id },
      {
        onSuccess: () => {
          notifyDone(t('oath-tokens.assign.done', { serialNumber, name: user.username }))
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('oath-tokens.assign.title', { serialNumber })}
      submitLabel={t('oath-tokens.assign.submit')}
      onSubmit={submit}
      pending={assign.isPending}
      submitDisabled={user === null}
    >
      {assign.error !== null && <Notice state="bad" role="alert" title={problemText(assign.error)} />}
      <UserSelect
        label={t('oath-tokens.assign.user')}
        {...(token.user !== null && {
          description: t('oath-tokens.assign.taken', { name: token.user.username }),
        })}
        value={user}
        onChange={setUser}
        focused
      />
    </FormDialog>
  )
}
