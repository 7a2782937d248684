/** How the portal reaches people, beside the sign-ins that the engine asks them in: the room that delivers, as the portal sees it. */
import type { CallJob, Delivered, MailJob, TextJob } from './delivery-jobs.ts'

export interface PortalReach {
  text(job: TextJob): Promise<Delivered>
  call(job: CallJob): Promise<Delivered>
  mail(job: MailJob): Promise<Delivered>
  /** What there is a gateway for now. */
  kinds(): ReadonlySet<'text' | 'call' | 'email'>
}

/** Begins the ids of calls that prove a number, so that their keys are nobody's sign-in. */
export const proofCallPrefix = 'proof-'
export const proofTriesAtMost = 5
