/** What the report of sign-ins keeps in the address, and the filter that the server gets from it. */
import { signInReason, signInResult, type SignInFilter } from '@sallyport/contract'
import { z } from 'zod'
import { choiceParam, idParam, textParam, timeParam } from '../../lib/search-params.ts'

/** Milliseconds back from now; null: no bound. */
const rangeMs = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000, all: null } as const
export const presets = ['1h', '24h', '7d', '30d', 'all'] as const satisfies readonly (keyof typeof rangeMs)[]
export type Preset = (typeof presets)[number]

export const defaultPreset: Preset = '7d'

export const signInsSearch = z.object({
  /** Absent: the default preset, unless `from` or `to` say exact times. */
  range: choiceParam(presets),
  from: timeParam,
  to: timeParam,
  username: textParam,
  result: choiceParam(signInResult.options),
  reason: choiceParam(signInReason.options),
  clientId: idParam,
  userId: idParam,
})
export type SignInsSearch = z.infer<typeof signInsSearch>

/** The chosen preset; `custom` where exact times are given. */
export function rangeOf({ range, from, to }: SignInsSearch): Preset | 'custom' {
  if (from !== undefined || to !== undefined) return 'custom'
  return range ?? defaultPreset
}

/**
 * The filter for the server.
 * @param nowMs since when a preset counts back, ms since the epoch
 */
export function filterOf(search: SignInsSearch, nowMs: number): SignInFilter {
  const { from, to, username, result, reason, clientId, userId } = search
  const range = rangeOf(search)
  const backMs = range === 'custom' ? null : rangeMs[range]
  const known = {
    from: backMs === null ? from : new Date(nowMs - backMs).toISOString(),
    to,
    username: username === '' ? undefined : username,
    result,
    reason,
    clientId,
    userId,
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

/** How many filters are set, the time aside. */
export function filterCount({ username, result, reason, clientId, userId }: SignInsSearch): number {
  return [username === '' ? undefined : username, result, reason, clientId, userId].filter(
    (value) => value !== undefined,
  ).length
}
