/** The dialog that gives a user a token which nobody has. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { TokenView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { problemText } from '../problem-text.ts'
import type { ChosenUser } from '../users/user-select.tsx'
import { t } from '../words.ts'
import { useAssignToken } from './mutations.ts'
import { spareTokensQuery } from './queries.ts'
import { tokenMake } from './token-words.ts'
import './page-words.ts'

export function AssignSpareToken({ user, onClose }: { readonly user: ChosenUser; readonly onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [token, setToken] = useState<TokenView>()
  const [search] = useDebouncedValue(token === undefined ? typed.trim() : '', 200)
  const { data, error: failed } = useQuery(spareTokensQuery(search))
  const assign = useAssignToken()
  const found = data?.rows ?? []
  const tokens = token === undefined || found.some(({ id }) => id === token.id) ? found : [token, ...found]
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (token === undefined) return
    const { serialNumber } = token
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
  const problem = failed ?? assign.error
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('oath-tokens.assignSpare.title', { name: user.username })}
      submitLabel={t('oath-tokens.assign.submit')}
      onSubmit={submit}
      pending={assign.isPending}
      submitDisabled={token === undefined}
    >
      {problem !== null && <Notice state="bad" role="alert" title={problemText(problem)} />}
      <Select
        label={t('oath-tokens.assignSpare.token')}
        description={t('oath-tokens.assignSpare.hint')}
        placeholder={t('oath-tokens.assignSpare.placeholder')}
        searchable
        data-autofocus
        filter={({ options }) => options}
        data={tokens.map((spare) => ({
          value: spare.id,
          label: [spare.serialNumber, tokenMake(spare)].filter((part) => part !== '').join(' · '),
        }))}
        value={token?.id ?? null}
        onChange={(id) => setToken(tokens.find((spare) => spare.id === id))}
        onSearchChange={setTyped}
        nothingFoundMessage={t('oath-tokens.assignSpare.nothing')}
      />
    </FormDialog>
  )
}
