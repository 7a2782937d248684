/** Whether a RADIUS server takes accounting: its port, or with RadSec, where there is one port for all, whether it does. */
import { Checkbox, NumberInput } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { useField, type FieldProps } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

/** Any will do: the server takes the authentication port, which is the only one there. */
const radsecPort = 2083

export function AccountingField<V extends FieldValues, P>({
  control,
  name,
  disabled,
  overTls,
}: FieldProps<V, P, { readonly disabled: boolean; readonly overTls: boolean }>) {
  const { value, set, input } = useField({ control, name })
  const word = (key: string) => t(`radius-servers.dialog.${key}`)
  if (overTls) {
    return (
      <Checkbox
        {...input}
        label={word('takesAccounting')}
        description={word('takesAccountingHint')}
        disabled={disabled}
        checked={typeof value === 'number'}
        onChange={(event) => set(event.currentTarget.checked ? radsecPort : null)}
      />
    )
  }
  return (
    <NumberInput
      {...input}
      label={word('accountingPort')}
      description={word('accountingPortHint')}
      maw="16rem"
      allowNegative={false}
      clampBehavior="none"
      disabled={disabled}
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => set(typeof typed === 'number' ? typed : null)}
    />
  )
}
