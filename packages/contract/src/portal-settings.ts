/** User Portal: what people may do for themselves, and the link by which an administrator lets one of them in to enrol. */
import { z } from 'zod'
import { byId, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole, helpDesk } from './roles.ts'

/**
 * What people may enrol themselves: the mobile app; another authenticator app's secret, or a token that they were handed; a phone that is proven by a text
 * or by a call; a mail address.
 */
export const enrolmentMethod = z.enum(['mobile-app', 'software-token', 'hardware-token', 'text', 'call', 'email'])
export type EnrolmentMethod = z.infer<typeof enrolmentMethod>

const portalFields = {
  /** Whoever has no second factor at all may come in on the password alone to set up the first. */
  enrolFirst: z.boolean(),
  methods: z
    .array(enrolmentMethod)
    .max(enrolmentMethod.options.length)
    .refine((methods) => new Set(methods).size === methods.length, 'Each method once.'),
  /** How numbers begin that people may enrol: +49, +4330; none: any. Calls and texts to some countries earn a cheat money. */
  phonePrefixes: z
    .array(z.string().regex(/^\+[1-9][0-9]{0,7}$/, 'A plus sign and the first digits, such as +49.'))
    .max(50, 'At most 50.')
    .refine((prefixes) => new Set(prefixes).size === prefixes.length, 'Each once.'),
  /** The order in which their methods are tried. */
  chooseOrder: z.boolean(),
  /** Texts with a code or to reply to; calls with or without the PIN, though never less than Company Settings ask for. */
  chooseModes: z.boolean(),
  /** How long a bypass that people give themselves may last; 0: they give themselves none. */
  ownBypassSeconds: z.int('Whole seconds.').min(0, '0 to 3600 seconds.').max(3600, '0 to 3600 seconds (one hour).'),
}

export const portalSettings = z.strictObject({ ...portalFields, version })
export type PortalSettings = z.infer<typeof portalSettings>

/** What stands until somebody saves something else: nobody comes in on a password alone. */
export const portalDefaults: Omit<PortalSettings, 'version'> = {
  enrolFirst: false,
  methods: ['mobile-app', 'software-token', 'hardware-token'],
  phonePrefixes: [],
  chooseOrder: true,
  chooseModes: false,
  ownBypassSeconds: 0,
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
