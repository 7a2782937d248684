/** What people see and change of their own second factors. Everything that changes one asks for a factor that was proven a short while ago. */
import { z } from 'zod'
import { id, line, timestamp } from '../common.ts'
import { oathCode, oathType } from '../oath.ts'
import { enrolmentMethod } from '../portal-settings.ts'
import { portalEndpoint } from './access.ts'

export const ownToken = z.object({
  id,
  serialNumber: z.string(),
  /** What its owner calls it, or its maker; may be empty. */
  name: z.string(),
  type: oathType,
  /** Its secret was drawn here: removing it destroys it. A token that was handed out goes back instead. */
  software: z.boolean(),
  lastUsedAt: timestamp.nullable(),
  createdAt: timestamp,
})
export type OwnToken = z.infer<typeof ownToken>

export const ownDevice = z.object({ id, name: z.string(), createdAt: timestamp, lastSeenAt: timestamp.nullable() })
export type OwnDevice = z.infer<typeof ownDevice>

export const ownFactors = z.object({
  tokens: z.array(ownToken),
  /** The mobile app, on each device. */
  devices: z.array(ownDevice),
  /** BCP 47; empty: as the company has it. */
  language: z.string(),
  /** A phone or a mail address by which they can be asked now. */
  hasContact: z.boolean(),
  /** What may be added now. */
  mayEnrol: z.array(enrolmentMethod),
})
export type OwnFactors = z.infer<typeof ownFactors>

const tag = 'Second factors'
const name = line(64)

export const factors = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/factors',
    summary: 'The second factors of whoever is signed in.',
    tag,
    access: 'user',
    response: ownFactors,
  }),
  beginSoftwareToken: portalEndpoint({
    method: 'POST',
    path: '/api/portal/tokens/software',
    summary: 'Draws a secret for an authenticator app; it counts for nothing until a code of it was typed.',
    tag,
    access: 'user',
    /** The only answer that ever holds the secret. */
    response: z.object({ secret: z.string(), uri: z.string(), expiresAt: timestamp }),
  }),
  confirmSoftwareToken: portalEndpoint({
    method: 'POST',
    path: '/api/portal/tokens/software/confirm',
    summary:
      'Adds the token whose secret was drawn last in this session, once a code of it is right. The code is used up.',
    tag,
    access: 'user',
    body: z.strictObject({ name, code: oathCode }),
    response: ownFactors,
  }),
  claimHardwareToken: portalEndpoint({
    method: 'POST',
    path: '/api/portal/tokens/hardware',
    summary: 'Takes a token that nobody has, by its serial number and a code of it.',
    tag,
    access: 'user',
    body: z.strictObject({ serialNumber: line(64).min(1, 'Enter the serial number.'), code: oathCode }),
    response: ownFactors,
  }),
  resynchroniseToken: portalEndpoint({
    method: 'POST',
    path: '/api/portal/tokens/resynchronise',
    summary: 'Finds one’s own token whose clock or counter has run away, by two codes in a row.',
    tag,
    access: 'user',
    body: z.strictObject({ id, firstCode: oathCode, secondCode: oathCode }),
    response: ownFactors,
  }),
  removeToken: portalEndpoint({
    method: 'POST',
    path: '/api/portal/tokens/remove',
    summary: 'Removes one’s own token; the last factor stays.',
    tag,
    access: 'user',
    body: z.strictObject({ id }),
    response: ownFactors,
  }),
  renameDevice: portalEndpoint({
    method: 'POST',
    path: '/api/portal/devices/rename',
    summary: 'Gives one’s own device another name.',
    tag,
    access: 'user',
    body: z.strictObject({ id, name: name.min(1, 'Enter a name.') }),
    response: ownFactors,
  }),
  removeDevice: portalEndpoint({
    method: 'POST',
    path: '/api/portal/devices/remove',
    summary: 'Revokes the mobile app on one’s own device, at once; the last factor stays.',
    tag,
    access: 'user',
    body: z.strictObject({ id }),
    response: ownFactors,
  }),
  setLanguage: portalEndpoint({
    method: 'PUT',
    path: '/api/portal/language',
    summary: 'The language in which one is asked.',
    tag,
    access: 'user',
    body: z.strictObject({ language: z.string().regex(/^([a-z]{2}(-[A-Z]{2})?)?$/, 'A language such as en or de.') }),
    response: ownFactors,
  }),
} as const
