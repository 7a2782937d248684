/** The vendor profiles by their ids: a new id does not compile until it has its facts. */
import { checkPoint, ciscoAsa, fortinet, paloAlto } from './firewalls.ts'
import { citrix, ivanti, mikrotik } from './gateways.ts'
import { microsoftRras, rdGateway } from './microsoft.ts'
import { ocserv, openvpn, strongswan } from './open-source.ts'
import { usual, type VendorProfile, type VendorProfileId } from './profile.ts'

/** Every profile. */
export const vendorProfiles: Readonly<Record<VendorProfileId, VendorProfile>> = {
  other: { suggests: usual, deviceSettings: [], sources: [] },
  'cisco-asa': ciscoAsa,
  fortinet,
  'palo-alto': paloAlto,
  'check-point': checkPoint,
  citrix,
  ivanti,
  mikrotik,
  strongswan,
  openvpn,
  ocserv,
  'microsoft-rras': microsoftRras,
  'rd-gateway': rdGateway,
}

export { vendorProfileId, type SuggestedValues, type VendorProfile, type VendorProfileId } from './profile.ts'
