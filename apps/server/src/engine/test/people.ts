/** People who can be asked, for tests of stages: a real table of pending requests, and notes of who was to be reached. */
import { companyDefaults, type CompanySettings } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'

import type { Reaching } from '../../access/tools.ts'
import type { DeliveryKind, DeliveryOrder, PendingNews } from '../../bus/pending.ts'
import { PendingDecisions } from '../pending-decisions.ts'
import { PendingTable } from '../pending-table.ts'
import type { UsersInMemory } from '../user-table.ts'

export interface People {
  readonly tools: Reaching
  readonly table: PendingTable
  readonly decisions: PendingDecisions
  readonly orders: readonly DeliveryOrder[]
  readonly news: readonly PendingNews[]
  company: CompanySettings
  reach: ReadonlySet<DeliveryKind> | null
}

export interface PeopleNeeds {
  readonly users: () => UsersInMemory
  readonly clock: () => number
  readonly append: (records: readonly JournalRecord[]) => Promise<void>
}

export function createPeople({ users, clock, append }: PeopleNeeds): People {
  const orders: DeliveryOrder[] = []
  const news: PendingNews[] = []
  const pins: Reaching['pins'] = {
    // What the real hash does takes 30 ms; it has its own tests.
    verify: (hashed, pin) => Promise.resolve(hashed === `hash of ${pin}`),
    hash: (pin) => Promise.resolve(`hash of ${pin}`),
  }
  const table = new PendingTable({
    ...{ clock, append },
    tell: (each) => news.push(each),
    order: (order) => orders.push(order),
    onError: (error) => {
      throw error
    },
  })
  const decisions = new PendingDecisions({
    users: {
      byId: (id) => users().byId(id),
      setFailures: (...failures) => users().setFailures(...failures),
    },
    ...{ table, clock, append, pins },
    company: () => people.company,
    questions: { cancel: () => Promise.resolve(false) },
    reportFraud: () => [],
  })
  const people: People = {
    ...{ table, decisions, orders, news },
    company: { ...companyDefaults, version: 1 },
    reach: null,
    tools: {
      company: () => people.company,
      reach: () => people.reach,
      pending: table,
      pins,
      sealCode: (id, code) => `${id} ${code}`,
      unsealCode: (_id, sealed) => sealed.split(' ')[1] ?? '',
      formerPins: () => [],
    },
  }
  return people
}
