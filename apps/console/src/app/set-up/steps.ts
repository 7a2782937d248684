/** The steps of the set-up wizard, and which of them are done. */
import type { StatusView } from '@sallyport/contract'

export const setUpSteps = ['administrator', 'target', 'client', 'user', 'enable'] as const
export type SetUpStep = (typeof setUpSteps)[number]

/** `status` is undefined before the first administrator is signed in. */
export function isStepDone(step: SetUpStep, status: StatusView | undefined): boolean {
  if (status === undefined) return false
  const done: Record<SetUpStep, boolean> = {
    administrator: true,
    target: status.target.kind !== 'none' && !status.worthDoing.some((item) => item.kind === 'configure-ldap'),
    client: status.counts.clients > 0,
    user: status.counts.users > 0 && status.counts.tokens > 0,
    enable: status.radius.enabled,
  }
  return done[step]
}

/** The step to go on with: the first that is not done, else the last. */
export function nextStep(status: StatusView | undefined): SetUpStep {
  return setUpSteps.find((step) => !isStepDone(step, status)) ?? 'enable'
}
