/** Takes an account off this device. */
import { removeDevice } from './device-api.ts'
import { vault, type Account } from './vault.ts'

/** Tells the server first: what it still knows could still be asked. */
export async function leave(account: Account): Promise<void> {
  await removeDevice(account)
  await removeLocally(account)
}

/** Where the server does not know this device any more. */
export async function removeLocally({ deviceId }: Account): Promise<void> {
  await vault.removeAccount(deviceId)
}
