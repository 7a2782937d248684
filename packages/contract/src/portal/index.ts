/** The portal's API, described once: nothing of it is on the console's listener, and nothing of the console's is on this one. */
import { app } from './app.ts'
import { clock } from './clock.ts'
import { contact } from './contact.ts'
import { factors } from './factors.ts'
import { methods } from './methods.ts'
import { mobileApp } from './mobile-app.ts'
import { ownBypass } from './own-bypass.ts'
import { pin } from './pin.ts'
import { recovery } from './recovery.ts'
import { session } from './session.ts'
import { signIns } from './sign-ins.ts'

/** Every endpoint of the portal's listener, by room. */
export const portalApi = {
  app,
  clock,
  contact,
  factors,
  methods,
  mobileApp,
  ownBypass,
  pin,
  recovery,
  session,
  signIns,
} as const

export * from './access.ts'
export * from './app.ts'
export * from './clock.ts'
export * from './contact.ts'
export * from './factors.ts'
export * from './methods.ts'
export * from './own-bypass.ts'
export * from './mobile-app.ts'
export * from './pin.ts'
export * from './recovery.ts'
export * from './session.ts'
export * from './sign-ins.ts'
export * from './signing.ts'
// By this way, so that the portal's first load has nothing of the console's API in it.
export { problem } from '../problem.ts'
