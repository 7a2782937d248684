/** A simulated VPN device: signs people in by RADIUS, answers challenges, and shows every packet on its way. */
import {
  attribute,
  codeName,
  createSharedSecret,
  createUdpClient,
  describeAttributes,
  hideUserPassword,
  packetCodes,
  readAttributes,
  readOctets,
  type Attribute,
  type ClientResult,
  type DescribedAttribute,
  type Packet,
} from '@sallyport/radius'

/** Who watches the packets. */
export interface Observer {
  sent(code: string, attributes: readonly DescribedAttribute[]): void
  received(code: string, attributes: readonly DescribedAttribute[], roundTripMs: number): void
}

export type SignInOutcome =
  | { readonly kind: 'accepted' | 'rejected' }
  /** The person had no answer to a challenge. */
  | { readonly kind: 'given-up' }
  /** No answer that can be believed came back. */
  | { readonly kind: 'no-answer'; readonly reason: string }

export interface VpnDevice {
  /**
   * Signs somebody in. `answer` hears the server's prompt and says what the person types; undefined gives up.
   * @throws RangeError for a name or password that RADIUS cannot carry
   */
  signIn(
    username: string,
    password: string,
    answer: (prompt: string) => Promise<string | undefined>,
  ): Promise<SignInOutcome>
  close(): Promise<void>
}

export interface VpnDeviceOptions {
  readonly port: number
  readonly sharedSecret: string
  readonly observer: Observer
  /** How long each of two transmissions waits, in milliseconds; 10,000. */
  readonly timeoutMs?: number
}

/** More rounds than any server asks for in earnest. */
const mostRounds = 10

export function createVpnDevice({ port, sharedSecret, observer, timeoutMs = 10_000 }: VpnDeviceOptions): VpnDevice {
  const secret = createSharedSecret(sharedSecret)
  const client = createUdpClient({ host: '127.0.0.1', port, secret, timeoutMs, tries: 2 })

  /** One question and its answer: the code that a challenge asks for travels where the password did (RFC 2865 §4.1). */
  async function ask(username: string, typed: string, state: Uint8Array | undefined): Promise<ClientResult> {
    const make = (authenticator: Uint8Array): Attribute[] => [
      attribute('User-Name', username),
      attribute('User-Password', hideUserPassword(typed, secret, authenticator)),
      attribute('NAS-Identifier', 'sample-vpn'),
      attribute('NAS-IP-Address', '127.0.0.1'),
      attribute('NAS-Port-Type', 'Virtual'),
      // An address of RFC 5737, kept for examples: where the person seems to be.
      attribute('Calling-Station-Id', '198.51.100.7'),
      ...(state === undefined ? [] : [attribute('State', state)]),
    ]
    // The client signs each packet as it leaves: what is shown is all that goes into it.
    const shown = describeAttributes({ attributes: make(new Uint8Array(16)) })
    observer.sent(codeName(packetCodes.accessRequest), [
      { name: 'Message-Authenticator', value: '(signs the packet with the shared secret)' },
      ...shown,
    ])
    const result = await client.request({ code: packetCodes.accessRequest, attributes: make })
    if (result.ok) {
      observer.received(codeName(result.packet.code), describeAttributes(result.packet), result.roundTripMs)
    }
    return result
  }

  return {
    async signIn(username, password, answer) {
      let typed = password
      let state: Uint8Array | undefined
      for (let round = 0; round < mostRounds; round++) {
        const result = await ask(username, typed, state)
        if (!result.ok) return { kind: 'no-answer', reason: result.rejected ?? result.systemError ?? result.reason }
        if (result.packet.code === packetCodes.accessAccept) return { kind: 'accepted' }
        if (result.packet.code === packetCodes.accessReject) return { kind: 'rejected' }
        const next = await answer(promptOf(result.packet))
        if (next === undefined) return { kind: 'given-up' }
        typed = next
        // RFC 2865 §5.24: unmodified, from the challenge to the answer.
        state = readOctets(result.packet, 'State')
      }
      return { kind: 'given-up' }
    },
    close: () => client.close(),
  }
}

function promptOf(packet: Packet): string {
  return readAttributes(packet, 'Reply-Message').join('')
}
