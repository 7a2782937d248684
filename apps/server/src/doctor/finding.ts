/** What the doctor found of one thing. */
export type Area = 'server' | 'ports' | 'clock' | 'dns' | 'certificates' | 'targets' | 'gateways' | 'disk' | 'database'

export interface Finding {
  readonly area: Area
  /** `warning`: it works, and should not stay so. `skipped`: nobody could look, or there is nothing to look at. */
  readonly state: 'good' | 'warning' | 'bad' | 'skipped'
  readonly message: string
  /** What to do about it; null where nothing is to be done. */
  readonly fix: string | null
}

export function finding(area: Area, state: Finding['state'], message: string, fix: string | null = null): Finding {
  return { area, state, message, fix }
}
