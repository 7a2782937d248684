/** The settings as they are saved: what is shown, without how the sockets do. */
import type { RadiusSettingsInput, RadiusSettingsView } from '@sallyport/contract'

export function settingsInput(settings: RadiusSettingsView): RadiusSettingsInput {
  const { enabled, authenticationPorts, accountingPorts, accountingSilenceHours, version } = settings
  return { enabled, authenticationPorts, accountingPorts, accountingSilenceHours, version }
}
