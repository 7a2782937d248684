/** Says in words what went wrong between this device and the server. */
import { DeviceProblem } from '../lib/device-api.ts'
import { t } from '../lib/words.ts'

const known: ReadonlySet<string> = new Set([
  'unreachable',
  'activation-wrong',
  'too-many-devices',
  'device-unknown',
  'clock-differs',
  'too-many-requests',
  'unavailable',
])

export function problemWords(error: unknown): string {
  const code = error instanceof DeviceProblem && known.has(error.code) ? error.code : 'other'
  return t(`app.problem.${code}`)
}
