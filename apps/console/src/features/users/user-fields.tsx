/** The fields of a user, the same where one is added and where one is changed. */
import { SimpleGrid } from '@mantine/core'
import type { CreateUserInput } from '@sallyport/contract'
import type { Control } from 'react-hook-form'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface UserFieldsProps {
  readonly control: Control<CreateUserInput, unknown, CreateUserInput>
  readonly readOnly?: boolean
  /** Fields that the directory says. */
  readonly owned?: readonly string[]
  /** Puts the focus into the first field when a dialog opens. */
  readonly focused?: boolean
}

export function UserFields({ control, readOnly = false, owned = [], focused = false }: UserFieldsProps) {
  const common = (name: 'username' | 'firstName' | 'lastName' | 'email' | 'description') => ({
    ...{ control, name, autoComplete: 'off' },
    readOnly: readOnly || owned.includes(name),
  })
  return (
    <>
      <TextField
        {...common('username')}
        label={t('users.field.username')}
        description={t('users.field.usernameHint')}
        autoCapitalize="none"
        spellCheck={false}
        {...(focused && { 'data-autofocus': true })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField {...common('firstName')} label={t('users.field.firstName')} />
        <TextField {...common('lastName')} label={t('users.field.lastName')} />
      </SimpleGrid>
      <TextField {...common('email')} type="email" label={t('users.field.email')} />
      <TextField {...common('description')} label={t('users.field.description')} />
    </>
  )
}
