/** The name that the device sends: any text, with the users here as suggestions. */
import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { StartTestSignInInput } from '@sallyport/contract'
import { useQuery } from '@tanstack/react-query'
import type { Control } from 'react-hook-form'
import { asText, useField } from '../../lib/text-fields.tsx'
import { userChoicesQuery } from '../../lib/users/queries.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function UsernameField<Parsed>({
  control,
}: {
  readonly control: Control<StartTestSignInInput, unknown, Parsed>
}) {
  const { value, set, input } = useField({ control, name: 'username' })
  const text = asText(value)
  const [search] = useDebouncedValue(text.trim(), 200)
  const users = useQuery(userChoicesQuery(search))
  return (
    <Autocomplete
      {...input}
      label={t('test-sign-in.form.username')}
      description={t('test-sign-in.form.usernameHint')}
      autoComplete="off"
      // The server has searched already.
      filter={({ options }) => options}
      data={(users.data?.rows ?? []).map(({ username }) => username)}
      value={text}
      onChange={set}
      maxDropdownHeight={240}
    />
  )
}
