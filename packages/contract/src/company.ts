/** Company Settings: how people are asked for a second factor unless they or a RADIUS client say otherwise. */
import { z } from 'zod'
import { timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { messageText } from './message-texts.ts'
import { administratorsOnly, everyRole } from './roles.ts'
import { factorKind } from './sign-in.ts'

const language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'A language such as en or de.')

const each = (maximum: number, message: string) => z.int(message).min(1, message).max(maximum, message)

/** A PIN is digits alone, for keypads are where it is typed. */
const pinRules = z.strictObject({
  minimumLength: z.int().min(4, '4 to 12 digits.').max(12, '4 to 12 digits.'),
  /** Refuses 1111, 1234 and 4321. */
  forbidPatterns: z.boolean(),
  /** How many of the last PINs are not taken again. */
  history: z.int().min(0, '0 to 10 PINs.').max(10, '0 to 10 PINs.'),
  /** Null: never. */
  expiresAfterDays: each(3650, '1 to 3650 days.').nullable(),
})

const lockout = z.strictObject({
  failures: each(100, '1 to 100 wrong answers.'),
  withinMinutes: each(1440, '1 to 1440 minutes.'),
  forMinutes: each(1440, '1 to 1440 minutes.'),
})

const fraud = z.strictObject({
  allowReports: z.boolean(),
  /** Whoever reports is blocked until somebody unblocks them. */
  blockUser: z.boolean(),
  /** Pressed before # in a call. */
  phoneCode: z.string().regex(/^[0-9]{1,6}$/, 'One to six digits; 0 is the usual one.'),
  /** Who is told of reports by mail. */
  notify: z
    .array(z.email('Enter an address such as name@example.com.').max(254))
    .max(10, 'At most ten addresses.')
    .default([]),
})

/** In every text: `<$application_name$>`; where a code is sent: `<$otp$>` too, at least once. */
const messageTexts = z.strictObject({
  textCode: messageText(320, 'code'),
  textReply: messageText(320, 'no-code'),
  emailSubject: messageText(120, 'no-code'),
  emailCode: messageText(2000, 'code'),
})
export type MessageTexts = z.infer<typeof messageTexts>

const companyFields = {
  /** The order in which methods are tried; one that is not in it is not allowed to anybody. */
  methods: z
    .array(factorKind)
    .min(1, 'Allow at least one method.')
    .refine((methods) => new Set(methods).size === methods.length, 'Each method once.'),
  callMode: z.enum(['standard', 'pin']),
  textMode: z.enum(['one-way', 'two-way']),
  textWithPin: z.boolean(),
  appMode: z.enum(['standard', 'pin']),
  /**
   * How an approval is tied to the sign-in that it is for: `off`; `pick`: the number that the device shows is picked among three in the
   * app; `type`: the number that the app shows is typed at the device.
   */
  numberMatching: z.enum(['off', 'pick', 'type']),
  /** Push requests of one user that may be asked within ten minutes before they are not asked any more. */
  requestsInTenMinutes: each(100, '1 to 100 requests.'),
  /** Mobile apps that a user may have at once. */
  devicesPerUser: each(20, '1 to 20 devices.'),
  /** BCP 47. */
  language,
  pin: pinRules,
  lockout,
  fraud,
  /** What becomes of users whose second factor is off (who are disabled here): refused, or let in on the password alone. */
  whenFactorOff: z.enum(['refuse', 'password-alone']),
  /** By language; what has no text of its own has the product's. */
  messages: z
    .record(language, messageTexts.partial())
    .refine((messages) => Object.keys(messages).length <= 20, 'At most twenty languages.'),
}

export const companySettings = z.strictObject({ ...companyFields, version })
export type CompanySettings = z.infer<typeof companySettings>

/** What stands until somebody saves something else. */
export const companyDefaults: Omit<CompanySettings, 'version'> = {
  methods: ['push', 'text', 'call', 'oath'],
  callMode: 'standard',
  textMode: 'one-way',
  textWithPin: false,
  appMode: 'standard',
  numberMatching: 'pick',
  requestsInTenMinutes: 5,
  devicesPerUser: 5,
  language: 'en',
  pin: { minimumLength: 4, forbidPatterns: true, history: 3, expiresAfterDays: null },
  lockout: { failures: 5, withinMinutes: 15, forMinutes: 15 },
  fraud: { allowReports: true, blockUser: true, phoneCode: '0', notify: [] },
  whenFactorOff: 'refuse',
  messages: {},
}

/** What the settings come to at this moment. */
export const companyView = companySettings.extend({
  /** Users who are let in on the password alone, by `whenFactorOff`, if it says so. */
  factorOff: z.int(),
  /** How the mails about fraud reports do. */
  fraudMail: z.object({
    lastSentAt: timestamp.nullable(),
    /** Reports of the last day that somebody is still to be told of. */
    waiting: z.int(),
    /** Why the last mail did not go; null: it did, or there was none. */
    problem: z.string().nullable(),
  }),
})
export type CompanyView = z.infer<typeof companyView>

const tag = 'Company Settings'

export const company = {
  read: endpoint({
    method: 'GET',
    path: '/api/company',
    summary: 'How people are asked for a second factor unless they or a RADIUS client say otherwise.',
    tag,
    access: everyRole,
    response: companyView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/company',
    summary: 'Changes Company Settings, at once.',
    tag,
    access: administratorsOnly,
    body: companySettings,
    response: companyView,
  }),
}
