/** Phone numbers and the mail address of whoever is signed in: each counts once its owner has proven to have it. */
import { z } from 'zod'
import { timestamp } from '../common.ts'
import { phoneExtension, phoneNumberInput } from '../phone-number.ts'
import { portalEndpoint } from './access.ts'

/** Where somebody is reached; `phone` by texts and calls, `backup` by a call where nobody answers at the first. */
export const contactPlace = z.enum(['phone', 'backup', 'email'])
export type ContactPlace = z.infer<typeof contactPlace>

/** How a place is proven: by a code that was sent there, or by keying one in during a call. */
export const contactWay = z.enum(['text', 'call', 'email'])
export type ContactWay = z.infer<typeof contactWay>

export const ownContact = z.object({
  places: z.array(
    z.object({
      place: contactPlace,
      /** Empty: none. To a session that came by a link it is shown in part. */
      value: z.string(),
      extension: z.string(),
      /** It is kept up to date from the directory, and changed there. */
      fromDirectory: z.boolean(),
      /** How another one could be proven now; none: it cannot be changed here. */
      ways: z.array(contactWay),
      removable: z.boolean(),
    }),
  ),
})
export type OwnContact = z.infer<typeof ownContact>

const number = phoneNumberInput.refine((text) => text !== '', 'Enter the phone number.')
const tag = 'Phone and mail'
const atPlace = z.strictObject({ place: contactPlace })

export const contact = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/contact',
    summary: 'The phone numbers and the mail address of whoever is signed in.',
    tag,
    access: 'user',
    response: ownContact,
  }),
  begin: portalEndpoint({
    method: 'POST',
    path: '/api/portal/contact/proof',
    summary: 'Sends a code to a number or address, or calls it. It takes the place of one that was sent before.',
    tag,
    access: 'user',
    body: z.discriminatedUnion('place', [
      z.strictObject({
        place: z.literal('phone'),
        way: z.enum(['text', 'call']),
        value: number,
        extension: phoneExtension,
      }),
      z.strictObject({ place: z.literal('backup'), way: z.literal('call'), value: number, extension: phoneExtension }),
      z.strictObject({
        place: z.literal('email'),
        way: z.literal('email'),
        value: z.email('Enter an address such as name@example.com.').max(254, 'At most 254 characters.'),
      }),
    ]),
    /** `code`: of a call, what is to be keyed in during it; what was sent is in no answer. */
    response: z.object({ expiresAt: timestamp, code: z.string().nullable() }),
  }),
  confirm: portalEndpoint({
    method: 'POST',
    path: '/api/portal/contact/confirm',
    summary: 'Puts the number or address in force whose code this is. The fifth wrong one ends it.',
    tag,
    access: 'user',
    body: z.strictObject({
      place: contactPlace,
      code: z
        .string()
        .trim()
        .regex(/^[0-9]{6}$/, 'Enter the six digits.'),
    }),
    response: ownContact,
  }),
  finishCall: portalEndpoint({
    method: 'POST',
    path: '/api/portal/contact/call',
    summary: 'How the call goes; once its code was keyed in, this puts the number in force.',
    tag,
    access: 'user',
    body: atPlace,
    response: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('calling') }),
      /** Nobody answered, or something else was keyed in. */
      z.object({ kind: z.literal('over') }),
      z.object({ kind: z.literal('done'), contact: ownContact }),
    ]),
  }),
  remove: portalEndpoint({
    method: 'POST',
    path: '/api/portal/contact/remove',
    summary: 'Removes a number or address; what would leave nothing to sign in with stays.',
    tag,
    access: 'user',
    body: atPlace,
    response: ownContact,
  }),
} as const
