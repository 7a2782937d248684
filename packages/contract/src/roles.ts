/** Who may call an endpoint. */
import { z } from 'zod'

/**
 * What an administrator of the console may do: *administrator* everything, *operator* (help desk) people and tokens,
 * *auditor* reads and changes nothing.
 */
export const role = z.enum(['administrator', 'operator', 'auditor'])
export type Role = z.infer<typeof role>

/** Every signed-in role. */
export const everyRole = ['administrator', 'operator', 'auditor'] as const satisfies readonly Role[]
/** The roles that look after people. */
export const helpDesk = ['administrator', 'operator'] as const satisfies readonly Role[]
/** The one role that changes how sign-ins are decided. */
export const administratorsOnly = ['administrator'] as const satisfies readonly Role[]

/** How far a sign-in came: all the way (`full`); the second factor is missing (`factor`); it has first to be set up (`enrolment`). */
export type SessionStage = 'full' | 'factor' | 'enrolment'

/**
 * Who may call: nobody needs a session (`public`), or one of these roles. There is no default: an endpoint that says
 * nothing is refused when the server starts.
 */
export type Access = 'public' | readonly Role[]
