/** Adding the mobile app to somebody’s device, for administrators. */
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { activationLink, activationMs, drawActivationCode, hashActivationCode } from '../app/activation-codes.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'

export interface AppDeviceRouteDependencies {
  readonly store: Pick<Store, 'appDevices'>
  /** Where phones find the portal. */
  readonly portalUrl: () => string
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
}

export function appDeviceHandlers(dependencies: AppDeviceRouteDependencies): Handlers<typeof api.appDevices> {
  const { store, clock, random } = dependencies
  return {
    async activate({ params, caller }) {
      const code = drawActivationCode(random)
      const expiresAt = new Date(clock().getTime() + activationMs)
      const input = { userId: params.id, codeHash: hashActivationCode(code), expiresAt }
      changed(await store.appDevices.createActivation(input, caller.actor), {
        view: (current) => current,
        gone: 'This user does not exist any more.',
      })
      const url = dependencies.portalUrl()
      return { code, url: `${url}/app/`, link: activationLink(url, code), expiresAt: expiresAt.toISOString() }
    },
  }
}
