/** What a filter of the report of usage comes to. */
import { Prisma } from '../generated/client.ts'
import type { UsageFilter } from '../usage-types.ts'

export function usageConditions({ clientId, factor, result }: UsageFilter): Prisma.Sql[] {
  return [
    ...(clientId === undefined ? [] : [Prisma.sql`clientId = ${clientId}`]),
    ...(factor === undefined ? [] : [Prisma.sql`factor = ${factor}`]),
    ...(result === undefined ? [] : [Prisma.sql`result = ${result}`]),
  ]
}
