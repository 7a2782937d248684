/** Gateways to applications and routers: Citrix, Ivanti (Juniper, Pulse), MikroTik. */
import { usual, withoutChallenge, type VendorProfile } from './profile.ts'

/** Waits 3 s unless told. */
export const citrix: VendorProfile = {
  suggests: usual,
  deviceSettings: ['set authentication radiusAction NAME -authTimeout 60'],
  sources: [
    'https://support.citrix.com/external/article/236072/netscaler-gateway-radius-authentication.html',
    'https://carlstalhood.com/citrix-gateway-radius-authentication/',
  ],
}

/** Shows a challenge only where a custom rule says so. */
export const ivanti: VendorProfile = {
  suggests: usual,
  deviceSettings: [
    'Authentication > Auth. Servers > RADIUS: Timeout 60, Retries 1',
    'Custom Radius Rules: Access Challenge, Reply-Message matches the expression, show Generic Login page',
  ],
  sources: [
    'https://help.okta.com/en-us/content/topics/integrations/pulse-secure-radius-intg-gw.htm',
    'https://duo.com/docs/pulseconnect-radius-challenge',
  ],
}

/** PPP has no way to show a challenge; signs its requests from RouterOS 7.15 on. */
export const mikrotik: VendorProfile = {
  suggests: withoutChallenge,
  deviceSettings: [
    '/radius set 0 timeout=60s require-message-auth=yes-for-request-resp',
    '/ppp aaa set use-radius=yes',
  ],
  sources: [
    'https://wiki.mikrotik.com/wiki/Manual:PPP_AAA',
    'https://github.com/ansible-collections/community.routeros/issues/338',
  ],
}
