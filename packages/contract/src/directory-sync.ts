/** Directory Integration › Filters, Attributes and Synchronization: whom the directory has, what of them is taken, and when. */
import { z } from 'zod'
import { byId, id, line, pageOf, pageQuery, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { userFactorFields } from './people.ts'
import { administratorsOnly, everyRole, helpDesk } from './roles.ts'
import { attributeMapping, syncDefaults } from './directory-sync-mapping.ts'

const filter = line(1000).min(2, 'Enter a filter, such as (objectClass=inetOrgPerson).')
const dn = line(1000).min(3, 'Enter a DN, such as ou=people,dc=example,dc=com.')
const { factorMethods, callMode, textMode, textWithPin, appMode, language } = userFactorFields

/** Where people come from: everybody below a container, or everybody in a group, those in its groups included. */
export const syncItem = z.strictObject({
  id,
  kind: z.enum(['container', 'group']),
  dn,
  /** For whoever comes by this item, when they come; afterwards they and the help desk decide. */
  ...{ factorMethods, callMode, textMode, textWithPin, appMode, language },
})
export type SyncItem = z.infer<typeof syncItem>

const syncFields = {
  enabled: z.boolean(),
  everyMinutes: z.int('Whole minutes.').min(1, '1 minute to 24 hours.').max(1440, '1 minute to 24 hours.'),
  /** What becomes of users whom the directory has no more. */
  whenGone: z.enum(['keep', 'disable', 'remove']),
  alwaysFull: z.boolean(),
  /** A run that would disable or remove more than so many waits for a yes; null: none does. */
  approveAbove: z.int('A whole number.').min(0, '0 to 999 users.').max(999, '0 to 999 users.').nullable(),
  /** Users of a directory entry’s name who were here before it: left alone, asked about, or made the directory’s. */
  collisions: z.enum(['leave', 'ask', 'adopt']),
  /** For numbers without a country: `+49`; empty: such numbers are not taken. */
  countryCode: z.string().regex(/^(\+[1-9]\d{0,3})?$/, 'A country code such as +49, or nothing.'),
  userFilter: filter,
  groupFilter: filter,
  containerFilter: filter,
  mapping: attributeMapping,
  /** The first that matches decides. */
  items: z
    .array(syncItem)
    .max(100, 'At most 100 items.')
    .refine((items) => new Set(items.map((item) => item.id)).size === items.length, 'Each item once.'),
}

export const syncSettings = z.strictObject({ ...syncFields, version })
export type SyncSettings = z.infer<typeof syncSettings>

/** What stands until somebody saves something else. */
export const unsavedSyncSettings: Omit<SyncSettings, 'version'> = {
  enabled: false,
  everyMinutes: 60,
  whenGone: 'disable',
  alwaysFull: false,
  approveAbove: 5,
  collisions: 'ask',
  countryCode: '',
  ...syncDefaults.other,
  items: [],
}

export const syncRunState = z.enum(['reading', 'comparing', 'waiting', 'applying', 'done', 'failed', 'cancelled'])
export type SyncRunState = z.infer<typeof syncRunState>

export const syncRun = z.object({
  id,
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  /** The administrator; empty: the timetable. */
  startedBy: z.string(),
  dryRun: z.boolean(),
  kind: z.enum(['full', 'incremental']),
  state: syncRunState,
  /** The directory server that was read from. */
  server: z.string(),
  /** What went wrong. */
  problem: z.string().nullable(),
  /** People whom the directory has, so far. */
  found: z.int(),
  /** What the run comes to. */
  added: z.int(),
  changed: z.int(),
  enabled: z.int(),
  disabled: z.int(),
  removed: z.int(),
  /** Users who were here before, and become the directory’s where somebody says yes. */
  adopted: z.int(),
  refused: z.int(),
  /** What was done so far, and what could not be any more, because somebody changed it meanwhile. */
  applied: z.int(),
  skipped: z.int(),
  /** Who said yes or no. */
  decidedBy: z.string().nullable(),
  /** While it runs: it can be cancelled. */
  isRunning: z.boolean(),
})
export type SyncRun = z.infer<typeof syncRun>

export const syncAction = z.enum(['remove', 'disable', 'enable', 'change', 'add', 'adopt', 'refuse'])
export type SyncAction = z.infer<typeof syncAction>
export const syncReason = z.enum([
  'no-unique-id',
  'no-username',
  'same-name',
  'name-taken',
  'name-of-removed',
  'bad-phone',
  'gone',
  'disabled-there',
  'changed-meanwhile',
  'not-adopted',
])
export type SyncReason = z.infer<typeof syncReason>

export const syncRow = z.object({
  number: z.int(),
  action: syncAction,
  outcome: z.enum(['planned', 'applied', 'skipped', 'refused']),
  reason: syncReason.nullable(),
  username: z.string(),
  dn: z.string(),
  userId: id.nullable(),
  /** By field, what it was and what it becomes. */
  changes: z.record(z.string(), z.tuple([z.union([z.string(), z.boolean()]), z.union([z.string(), z.boolean()])])),
})
export type SyncRow = z.infer<typeof syncRow>

export const browseQuery = z.strictObject({
  /** Whose children; empty: where the directory begins. */
  dn: z.string().max(1000).default(''),
  /** Of the page before; it is good for two minutes. */
  cursor: z.string().max(100).optional(),
})
export const browsePage = z.object({
  entries: z.array(
    z.object({ dn: z.string(), name: z.string(), kind: z.enum(['container', 'group', 'person', 'other']) }),
  ),
  nextCursor: z.string().nullable(),
})
export type BrowsePage = z.infer<typeof browsePage>

export const syncPreviewInput = z.strictObject({
  ...{ userFilter: filter, mapping: attributeMapping, countryCode: syncFields.countryCode },
  /** Below which to look; empty: below the base DN. */
  dn: z.string().max(1000),
})
export type SyncPreviewInput = z.infer<typeof syncPreviewInput>
export const syncPreview = z.object({
  kind: z.enum(['active-directory', 'other']),
  people: z.array(
    z.object({
      dn: z.string(),
      directoryId: z.string(),
      fields: z.record(z.string(), z.string()),
      disabled: z.boolean(),
      /** What could not be taken. */
      remarks: z.array(syncReason),
    }),
  ),
})
export type SyncPreview = z.infer<typeof syncPreview>

const tag = 'Directory Integration'

export const directorySync = {
  readSettings: endpoint({
    method: 'GET',
    path: '/api/directory/sync',
    summary: 'How users are synchronized with the directory.',
    tag,
    access: everyRole,
    response: syncSettings,
  }),
  changeSettings: endpoint({
    method: 'PUT',
    path: '/api/directory/sync',
    summary: 'Changes how users are synchronized with the directory; the next run goes by it, and is a full one.',
    tag,
    access: administratorsOnly,
    body: syncSettings,
    response: syncSettings,
  }),
  browse: endpoint({
    method: 'GET',
    path: '/api/directory/entries',
    summary: 'A page of the entries directly below one of the directory.',
    tag,
    access: helpDesk,
    query: browseQuery,
    response: browsePage,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/directory/sync/preview',
    summary: 'What a mapping, saved or not, makes of three people of the directory.',
    tag,
    access: administratorsOnly,
    body: syncPreviewInput,
    response: syncPreview,
  }),
  runs: endpoint({
    method: 'GET',
    path: '/api/directory/sync/runs',
    summary: 'A page of the runs, the newest first.',
    tag,
    access: everyRole,
    query: z.strictObject(pageQuery),
    response: pageOf(syncRun),
  }),
  run: endpoint({
    method: 'GET',
    path: '/api/directory/sync/runs/:id',
    summary: 'A run, and how far it is.',
    tag,
    access: everyRole,
    params: byId,
    response: syncRun,
  }),
  rows: endpoint({
    method: 'GET',
    path: '/api/directory/sync/runs/:id/rows',
    summary: 'A page of the people of whom a run has something to say.',
    tag,
    access: everyRole,
    params: byId,
    query: z.strictObject({ ...pageQuery, action: syncAction.optional() }),
    response: pageOf(syncRow),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/directory/sync/runs/:id/rows.csv',
    summary: 'All people of whom a run has something to say, as CSV.',
    tag,
    access: everyRole,
    params: byId,
    stream: 'text/csv',
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/directory/sync/runs',
    summary: 'Synchronizes now, or with dryRun says what would be done.',
    tag,
    access: administratorsOnly,
    body: z.strictObject({ dryRun: z.boolean(), full: z.boolean() }),
    response: syncRun,
  }),
  approve: endpoint({
    method: 'POST',
    path: '/api/directory/sync/runs/:id/approve',
    summary: 'Says yes to a run that waits; `adopt` also to making users the directory’s who were here before.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: z.strictObject({ adopt: z.boolean() }),
    response: syncRun,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/api/directory/sync/runs/:id/cancel',
    summary: 'Stops a run, or says no to one that waits; what it has done stays done.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: syncRun,
  }),
}
