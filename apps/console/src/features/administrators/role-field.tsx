/** The roles as cards, each with what it may do. */
import { role as roles } from '@sallyport/contract'
import { RadioCards } from '@sallyport/ui'
import type { FieldValues } from 'react-hook-form'
import { useField, type FieldOf } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function RoleField<V extends FieldValues, P>(field: FieldOf<V, P>) {
  const { value, set } = useField(field)
  return (
    <RadioCards
      label={t('administrators.column.role')}
      value={String(value)}
      onChange={set}
      choices={roles.options.map((option) => ({
        value: option,
        label: t(`administrators.role.${option}.title`),
        description: t(`administrators.role.${option}.text`),
      }))}
    />
  )
}
