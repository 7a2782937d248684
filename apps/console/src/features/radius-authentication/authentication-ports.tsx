/** The field *Authentication port(s)*: a list of UDP ports, typed with commas. */
import { parsePorts, writePorts } from './parse-ports.ts'
import { SettingsField } from './settings-field.tsx'

export function AuthenticationPorts() {
  return <SettingsField field="authenticationPorts" write={writePorts} read={parsePorts} />
}
