/** Chooses a user out of many: what is typed is searched for on the server. */
import { Box, Loader, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { UserView } from '@sallyport/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../problem-text.ts'
import { t } from '../words.ts'
import { userChoicesQuery } from './queries.ts'
import { fullName } from './user-names.ts'
import './page-words.ts'

export interface ChosenUser {
  readonly id: string
  readonly username: string
}

export interface UserSelectProps {
  readonly label: string
  readonly description?: string
  /** The label is for screen readers alone. */
  readonly labelHidden?: boolean
  readonly value: ChosenUser | null
  readonly onChange: (user: ChosenUser | null) => void
  readonly error?: string | null
  /** Puts the focus here when a dialog opens. */
  readonly focused?: boolean
}

export function UserSelect(props: UserSelectProps) {
  const { label, labelHidden = false, description, value, onChange, error, focused = false } = props
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === value?.username ? '' : typed.trim(), 200)
  const { data, isFetching, error: failed } = useQuery(userChoicesQuery(search))
  const found = data?.rows ?? []
  const options = value === null || found.some((user) => user.id === value.id) ? found : [value, ...found]
  return (
    <Select
      {...(labelHidden ? { 'aria-label': label } : { label })}
      description={description}
      placeholder={t('users.select.placeholder')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('users.select.clear') }}
      {...(focused && { 'data-autofocus': true })}
      // The server has searched already.
      filter={({ options: all }) => all}
      data={options.map((user) => ({ value: user.id, label: user.username }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(options.find((user) => user.id === id) ?? null)}
      onSearchChange={setTyped}
      error={failed === null ? error : problemText(failed)}
      rightSection={isFetching ? <Loader size={16} /> : undefined}
      nothingFoundMessage={isFetching ? undefined : t('users.select.nothing')}
      maxDropdownHeight={260}
      renderOption={({ option }) => (
        <Choice username={option.label} user={found.find((user) => user.id === option.value)} />
      )}
    />
  )
}

function Choice({ username, user }: { readonly username: string; readonly user: UserView | undefined }) {
  return (
    <Box miw={0}>
      <Text size="sm" truncate>
        {username}
      </Text>
      {user !== undefined && fullName(user) !== '' && (
        <Text size="xs" c="dimmed" truncate>
          {fullName(user)}
        </Text>
      )}
    </Box>
  )
}
