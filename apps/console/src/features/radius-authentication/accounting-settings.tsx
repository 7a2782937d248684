/** The field *Accounting port(s)*, and after how long a silent session counts as lost. */
import { parsePorts, writePorts } from './parse-ports.ts'
import { SettingsField } from './settings-field.tsx'

export function AccountingPorts() {
  return <SettingsField field="accountingPorts" write={writePorts} read={parsePorts} />
}

export function SilenceHours() {
  return (
    <SettingsField
      field="accountingSilenceHours"
      write={String}
      read={(typed) => (/^\d{1,4}$/.test(typed.trim()) ? Number(typed) : Number.NaN)}
    />
  )
}
