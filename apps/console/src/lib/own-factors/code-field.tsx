/** The field for a code of the authenticator app, or a recovery code. */
import type { FieldValues } from 'react-hook-form'
import { TextField, type FieldOf } from '../text-fields.tsx'
import { t } from '../words.ts'
import './page-words.ts'

export function CodeField<V extends FieldValues, P>({
  focused = false,
  ...field
}: FieldOf<V, P> & { readonly focused?: boolean }) {
  return (
    <TextField
      {...field}
      label={t('own-factors.code.label')}
      description={t('own-factors.code.hint')}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      {...(focused && { autoFocus: true, 'data-autofocus': true })}
    />
  )
}
