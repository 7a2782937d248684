/** The tags of BER and of LDAP's messages that this package reads or writes (RFC 4511 appendix B). */

export const boolean = 0x01
export const integer = 0x02
export const octetString = 0x04
export const enumerated = 0x0a
export const sequence = 0x30
export const set = 0x31

/** Of the controls of a message; no operation has an element of this tag. */
export const controls = 0xa0

export const requestTags = { bind: 0x60, search: 0x63, unbind: 0x42 } as const

export const responseTags = {
  bind: 0x61,
  entry: 0x64,
  searchDone: 0x65,
  reference: 0x73,
  extended: 0x78,
  intermediate: 0x79,
} as const
