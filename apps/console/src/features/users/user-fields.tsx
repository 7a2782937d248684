/** The fields of a user, the same where one is added and where one is changed. */
import { SimpleGrid } from '@mantine/core'
import type { CreateUserInput } from '@sallyport/contract'
import type { Control } from 'react-hook-form'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'

export interface UserFieldsProps {
  readonly control: Control<CreateUserInput, unknown, CreateUserInput>
  readonly readOnly?: boolean
  /** Puts the focus into the first field when a dialog opens. */
  readonly focused?: boolean
}

export function UserFields({ control, readOnly = false, focused = false }: UserFieldsProps) {
  const common = { control, readOnly, autoComplete: 'off' }
  return (
    <>
      <TextField
        {...common}
        name="username"
        label={t('users.field.username')}
        description={t('users.field.usernameHint')}
        autoCapitalize="none"
        spellCheck={false}
        {...(focused && { 'data-autofocus': true })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField {...common} name="firstName" label={t('users.field.firstName')} />
        <TextField {...common} name="lastName" label={t('users.field.lastName')} />
      </SimpleGrid>
      <TextField {...common} name="email" type="email" label={t('users.field.email')} />
      <TextField {...common} name="description" label={t('users.field.description')} />
    </>
  )
}
