/** Short notices at the edge of the screen: what was done, or what could not be. */
import { notifications } from '@mantine/notifications'

/** Says that something was done: “Client Office VPN added.” */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'accent' })
}

/** Says that something could not be done, and stays until it is closed. */
export function notifyFailed(message: string, detail?: string): void {
  notifications.show({ title: message, message: detail ?? '', color: 'red.9', autoClose: false })
}
