/** What a running server tells the shell about itself: how it does, and no secret. */
import { z } from 'zod'

const socket = z.object({
  port: z.int().optional(),
  family: z.string(),
  kind: z.string().optional(),
  state: z.enum(['listening', 'failed']),
  problem: z.string().nullable(),
})
const health = z.object({ state: z.enum(['unknown', 'up', 'suspect', 'down']), problem: z.string().nullable() })

export const serverStatus = z.object({
  version: z.string(),
  pid: z.int(),
  consoleUrl: z.string(),
  portalUrl: z.string(),
  sockets: z.array(socket),
  radsecSockets: z.array(socket),
  logWritable: z.boolean(),
  targetServers: z.array(health.extend({ server: z.string() })),
  gateways: z.array(health.extend({ id: z.string() })),
})
export type ServerStatus = z.infer<typeof serverStatus>
