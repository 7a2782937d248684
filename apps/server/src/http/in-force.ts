/** Waits until sign-ins are decided by what was just saved, so that an answer means “in force”. */
import type { ConfigNotice, EngineControl } from '../bus/notices.ts'
import { ApiProblem } from './problems.ts'

/** @throws ApiProblem `unavailable`: saved, but the engine has not said that it knows */
export async function putInForce(engine: Pick<EngineControl, 'configChanged'>, notice: ConfigNotice): Promise<void> {
  try {
    await engine.configChanged(notice)
  } catch (cause) {
    throw new ApiProblem('unavailable', {
      detail:
        'This is saved, but the sign-in engine has not confirmed it: sign-ins may still go by what was there before. Look at Status; if this stays, restart the server.',
      cause,
    })
  }
}
