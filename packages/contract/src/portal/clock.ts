/** The server's clock, by which a phone notices that its own is wrong: codes and signed requests depend on it. */
import { z } from 'zod'
import { timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'

export const clock = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/clock',
    summary: "The server's time.",
    tag: 'App',
    access: 'public',
    response: z.object({ now: timestamp }),
  }),
} as const
