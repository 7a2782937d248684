/** The fields of a new password: the password, generated on demand, and whether it serves only once. */
import type { Control, FieldPath, FieldValues } from 'react-hook-form'
import { CheckField } from '../../lib/fields.tsx'
import { SecretField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface PasswordFieldsProps<V extends FieldValues, P> {
  readonly control: Control<V, unknown, P>
  /** Where in the form they stand. */
  readonly names: { readonly password: FieldPath<V>; readonly mustChange: FieldPath<V> }
}

export function PasswordFields<V extends FieldValues, P>({ control, names }: PasswordFieldsProps<V, P>) {
  return (
    <>
      <SecretField
        control={control}
        name={names.password}
        label={t('users.password.field')}
        description={t('users.password.fieldHint')}
        generatedLength={20}
        autoComplete="new-password"
      />
      <CheckField
        control={control}
        name={names.mustChange}
        label={t('users.password.mustChange')}
        description={t('users.password.mustChangeHint')}
      />
    </>
  )
}
