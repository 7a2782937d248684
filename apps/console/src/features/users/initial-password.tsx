/** In the dialog *Add user*: a password for the target *Built-in users*, where somebody wants to set one now. */
import { Checkbox, Stack } from '@mantine/core'
import type { CreateUserInput } from '@sallyport/contract'
import { useWatch, type UseFormReturn } from 'react-hook-form'
import { t } from '../../lib/words.ts'
import { PasswordFields } from './password-fields.tsx'
import './page-words.ts'

export function InitialPassword({ form }: { readonly form: UseFormReturn<CreateUserInput, unknown, CreateUserInput> }) {
  const { control, setValue } = form
  const wanted = useWatch({ control, name: 'password' }) !== undefined
  return (
    <Stack gap="sm">
      <Checkbox
        label={t('users.password.setNow')}
        description={t('users.password.setNowHint')}
        checked={wanted}
        onChange={(event) =>
          setValue('password', event.currentTarget.checked ? { password: '', mustChange: false } : undefined, {
            shouldDirty: true,
          })
        }
      />
      {wanted && (
        <PasswordFields
          control={control}
          names={{ password: 'password.password', mustChange: 'password.mustChange' }}
        />
      )}
    </Stack>
  )
}
