/** The methods by which people are asked, in the order that they choose, as far as their administrators let them. */
import { z } from 'zod'
import { factorKind, lackOfMethod } from '../sign-in.ts'
import { portalEndpoint } from './access.ts'

/** Null: as Company Settings have it. */
const modes = {
  textMode: z.enum(['one-way', 'two-way']).nullable(),
  callMode: z.enum(['standard', 'pin']).nullable(),
}

export const ownMethods = z.object({
  /** Every method that is meant for this person, in the order in which they are tried; `missing`: why one cannot be used yet. */
  methods: z.array(z.object({ method: factorKind, missing: lackOfMethod.nullable() })),
  ...modes,
  /** What holds where nothing is chosen. */
  company: z.object({ textMode: z.enum(['one-way', 'two-way']), callMode: z.enum(['standard', 'pin']) }),
  mayOrder: z.boolean(),
  mayChooseModes: z.boolean(),
})
export type OwnMethods = z.infer<typeof ownMethods>

const tag = 'Methods'

export const methods = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/methods',
    summary: 'How whoever is signed in is asked for a second factor.',
    tag,
    access: 'user',
    response: ownMethods,
  }),
  setOrder: portalEndpoint({
    method: 'PUT',
    path: '/api/portal/methods/order',
    summary: 'The order in which one’s methods are tried: the same ones, each once.',
    tag,
    access: 'user',
    body: z.strictObject({ methods: z.array(factorKind).min(1).max(factorKind.options.length) }),
    response: ownMethods,
  }),
  setModes: portalEndpoint({
    method: 'PUT',
    path: '/api/portal/methods/modes',
    summary: 'How texts and calls ask; a call asks for the PIN wherever Company Settings want it.',
    tag,
    access: 'user',
    body: z.strictObject(modes),
    response: ownMethods,
  }),
} as const
