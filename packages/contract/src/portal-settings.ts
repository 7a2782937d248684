/** User Portal: what people may do for themselves, and the link by which an administrator lets one of them in to enrol. */
import { z } from 'zod'
import { byId, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole, helpDesk } from './roles.ts'

/** What people may enrol themselves: an authenticator app's secret, or a token that they were handed. */
export const enrolmentMethod = z.enum(['software-token', 'hardware-token'])
export type EnrolmentMethod = z.infer<typeof enrolmentMethod>

const portalFields = {
  /** Whoever has no second factor at all may come in on the password alone to set up the first. */
  enrolFirst: z.boolean(),
  methods: z
    .array(enrolmentMethod)
    .max(enrolmentMethod.options.length)
    .refine((methods) => new Set(methods).size === methods.length, 'Each method once.'),
}

export const portalSettings = z.strictObject({ ...portalFields, version })
export type PortalSettings = z.infer<typeof portalSettings>

/** What stands until somebody saves something else: nobody comes in on a password alone. */
export const portalDefaults: Omit<PortalSettings, 'version'> = {
  enrolFirst: false,
  methods: ['software-token', 'hardware-token'],
}

const tag = 'User Portal'

export const portalAdministration = {
  readSettings: endpoint({
    method: 'GET',
    path: '/api/portal-settings',
    summary: 'What people may do for themselves in the portal, and where they find it.',
    tag,
    access: everyRole,
    response: z.object({ ...portalFields, version, url: z.string() }),
  }),
  changeSettings: endpoint({
    method: 'PUT',
    path: '/api/portal-settings',
    summary: 'Changes what people may do for themselves in the portal.',
    tag,
    access: administratorsOnly,
    body: portalSettings,
    response: z.object({ ...portalFields, version, url: z.string() }),
  }),
  createLink: endpoint({
    method: 'POST',
    path: '/api/users/:id/enrolment-link',
    summary:
      'A link that lets this user in once, for a day, to set up a second factor. It takes the place of earlier ones.',
    tag,
    access: helpDesk,
    params: byId,
    /** The only answer that ever holds the link. */
    response: z.object({ url: z.string(), expiresAt: timestamp }),
  }),
}
