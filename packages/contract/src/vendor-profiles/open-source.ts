/** VPN servers of open source: strongSwan, OpenVPN, ocserv. What is said of their packets was measured on those of Debian 12. */
import { usual, withoutChallenge, type VendorProfile } from './profile.ts'

/** Signs every request. Its five tries take 22 s as packaged, and 66 s when the first wait is 6 s. */
export const strongswan: VendorProfile = {
  suggests: { ...withoutChallenge, messageAuthenticator: 'require' },
  deviceSettings: [
    'charon.plugins.eap-radius.retransmit_timeout = 6.0',
    'charon.plugins.eap-radius.retransmit_tries = 4',
  ],
  sources: ['https://docs.strongswan.org/docs/6.0/plugins/eap-radius.html'],
}

/** Signs nothing, takes a challenge for a refusal, and handles one request at a time: others wait for whoever is slow. */
export const openvpn: VendorProfile = {
  suggests: withoutChallenge,
  deviceSettings: ['wait=60', 'retry=1', 'static-challenge "Code" 1'],
  sources: ['https://github.com/ValdikSS/openvpn-radiusplugin'],
}

/** Signs nothing; shows challenges; its library waits 10 s three times unless told. */
export const ocserv: VendorProfile = {
  suggests: usual,
  deviceSettings: ['radius_timeout 60', 'radius_retries 1', 'auth-timeout = 240'],
  sources: ['https://github.com/radcli/radcli'],
}
