/** Firewalls with a VPN of their own: Cisco ASA, Fortinet, Palo Alto, Check Point. */
import { usual, type VendorProfile } from './profile.ts'

/** The ASA asks again every 10 s until its time-out is over; the client on the computer has a wait of its own, 12 or 30 s. */
export const ciscoAsa: VendorProfile = {
  suggests: usual,
  deviceSettings: [
    'aaa-server GROUP (INTERFACE) host ADDRESS',
    ' timeout 60',
    ' retry-interval 10',
    '<AuthenticationTimeout>60</AuthenticationTimeout>',
  ],
  sources: [
    'https://manualsdump.com/en/manuals/cisco_systems-ol-12180-01/145498/16',
    'https://www.wiresandwi.fi/blog/demystifying-cisco-anyconnect-vpn-multifactor-authentication-timeouts',
  ],
}

/** Both of FortiOS's waits are 5 s unless told; replies without Message-Authenticator are refused from 7.2.10 on. */
export const fortinet: VendorProfile = {
  suggests: usual,
  deviceSettings: [
    'config system global',
    ' set remoteauthtimeout 60',
    'end',
    'config user radius',
    ' edit NAME',
    ' set timeout 60',
    ' set auth-type pap',
    'end',
  ],
  sources: [
    'https://docs.fortinet.com/document/fortiauthenticator/6.2.0/radius-interoperability-guide/528330/configuring-fortitoken-mobile-push-on-fortigate',
    'https://community.fortinet.com/t5/FortiGate/Technical-Tip-SSL-VPN-and-two-factor-expiry-timers/ta-p/193607',
  ],
}

/** 3 s three times unless told, at most 120 s; GlobalProtect itself was seen to give up after some 25 s. */
export const paloAlto: VendorProfile = {
  suggests: usual,
  deviceSettings: [
    'Device > Server Profiles > RADIUS: Timeout 60, Retries 1',
    'Device > Server Profiles > RADIUS: Authentication Protocol PAP',
  ],
  sources: [
    'https://docs.paloaltonetworks.com/pan-os/9-1/pan-os-web-interface-help/device/device-server-profiles-radius.html',
    'https://www.mideye.com/docs/integrations/radius/palo-alto-global-protect',
  ],
}

/** Some releases drop replies that carry a Message-Authenticator: `auto` is still what to try first. */
export const checkPoint: VendorProfile = {
  suggests: usual,
  deviceSettings: ['New > Server > More > RADIUS: Version RADIUS Ver. 2.0, Protocol PAP'],
  sources: ['https://multifactor.pro/docs/vpn/checkpoint-remote-access-vpn-2fa/'],
}
