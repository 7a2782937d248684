/** A VPN device that we did not write: Debian's radclient, answering the challenge as a person would. */
import { radclient, type RadclientResult } from '@sallyport/tooling/servers'

export interface Device {
  readonly port: number
  readonly secret: string
  /** The loopback address that it sends from; 127.0.0.1 unless told. */
  readonly address?: string
}

/** One Access-Request with Message-Authenticator; `state` is radclient's own notation (`0x…`); each retry comes after two seconds. */
export function ask(
  device: Device,
  username: string,
  password: string,
  state?: string,
  retries = 1,
): Promise<RadclientResult> {
  return radclient({
    host: '127.0.0.1',
    port: device.port,
    secret: device.secret,
    timeoutSeconds: 2,
    retries,
    attributes: [
      `User-Name = "${username}"`,
      `User-Password = "${password}"`,
      'NAS-IP-Address = 127.0.0.1',
      'Calling-Station-Id = "198.51.100.7"',
      'Message-Authenticator = 0x00',
      ...(device.address === undefined ? [] : [`Packet-Src-IP-Address = ${device.address}`]),
      ...(state === undefined ? [] : [`State = ${state}`]),
    ],
  })
}

/** Password, then the code at the challenge; resolves with the last reply. */
export async function signIn(
  device: Device,
  username: string,
  password: string,
  code: string,
): Promise<RadclientResult> {
  const first = await ask(device, username, password)
  const state = first.reply?.attributes.find(({ name }) => name === 'State')?.value
  if (first.reply?.code !== 'Access-Challenge' || state === undefined) return first
  return ask(device, username, code, state)
}
