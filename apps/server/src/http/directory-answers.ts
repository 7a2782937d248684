/** What is answered where there is no directory, or it does not answer. */
import { LdapFailure } from '@sallyport/directory'
import type { Store } from '@sallyport/store'
import { ApiProblem } from './problems.ts'

/** @throws ApiProblem where no directory is configured */
export async function refuseUnconfigured(store: Pick<Store, 'settings'>): Promise<void> {
  if (!(await store.settings.ldap()).configured) {
    throw new ApiProblem('invalid-input', { detail: 'Save the LDAP configuration first, under Settings.' })
  }
}

/** What the directory says against it, in words. */
export async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    if (cause instanceof LdapFailure) throw new ApiProblem('unavailable', { detail: cause.message, cause })
    throw cause
  }
}
