/** Windows Server: Routing and Remote Access, and the Remote Desktop Gateway behind its Network Policy Server. */
import { withoutChallenge, type VendorProfile } from './profile.ts'

/** Windows' VPN client has no second prompt. */
export const microsoftRras: VendorProfile = {
  suggests: withoutChallenge,
  deviceSettings: [
    'Security > RADIUS Authentication > Configure: Time-out 60',
    'Security > RADIUS Authentication > Configure: Always use message authenticator',
    'Security > Authentication Methods: Unencrypted password (PAP)',
  ],
  sources: ['https://technet.microsoft.com/library/bb878027.aspx'],
}

/** The gateway has checked the password itself: what it asks carries a name alone. */
export const rdGateway: VendorProfile = {
  suggests: withoutChallenge,
  deviceSettings: [
    'RD CAP Store: Central server running NPS',
    'NPS > Remote RADIUS Server Groups > TS GATEWAY SERVER GROUP > Load Balancing: 60 and 60 seconds',
  ],
  sources: ['https://wiki.deepnetsecurity.com/x/qEAz'],
}
