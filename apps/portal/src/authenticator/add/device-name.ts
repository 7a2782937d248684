/** What this device may be called until its owner says otherwise. */
import { t } from '../../lib/words.ts'

export function deviceNameNow(): string {
  const { userAgent } = navigator
  const found = (['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'] as const).find((name) =>
    userAgent.includes(name),
  )
  return found ?? t('add.someDevice')
}
