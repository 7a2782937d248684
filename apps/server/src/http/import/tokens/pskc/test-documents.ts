/** Documents of RFC 6030, as its figures show them, and documents made for tests by other means than those that read them. */
import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const pskc = 'urn:ietf:params:xml:ns:keyprov:pskc'
const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'

/** RFC 6030 figure 6: the secret of RFC 4226 under AES-128-CBC with an agreed key. */
export const figure6 = {
  key: Buffer.from('12345678901234567890123456789012', 'hex'),
  xml: `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="${pskc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="${xmlenc}">
  <EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>
  <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
    <MACKey>
      <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
      <xenc:CipherData><xenc:CipherValue>ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX</xenc:CipherValue></xenc:CipherData>
    </MACKey>
  </MACMethod>
  <KeyPackage>
    <DeviceInfo><Manufacturer>Manufacturer</Manufacturer><SerialNo>987654321</SerialNo></DeviceInfo>
    <CryptoModuleInfo><Id>CM_ID_001</Id></CryptoModuleInfo>
    <Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
      <Issuer>Issuer</Issuer>
      <AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
      <Data>
        <Secret>
          <EncryptedValue>
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
            <xenc:CipherData><xenc:CipherValue>
              AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv
            </xenc:CipherValue></xenc:CipherData>
          </EncryptedValue>
          <ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=</ValueMAC>
        </Secret>
        <Counter><PlainValue>0</PlainValue></Counter>
      </Data>
    </Key>
  </KeyPackage>
</KeyContainer>`,
} as const

/** RFC 6030 figure 7: the same under a key that PBKDF2 makes of a passphrase. */
export const figure7 = {
  passphrase: 'qwerty',
  xml: `<?xml version="1.0" encoding="UTF-8"?>
<pskc:KeyContainer xmlns:pskc="${pskc}" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
  xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#" xmlns:xenc="${xmlenc}" Version="1.0">
  <pskc:EncryptionKey>
    <xenc11:DerivedKey>
      <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
        <pkcs5:PBKDF2-params>
          <Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
          <IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/>
        </pkcs5:PBKDF2-params>
      </xenc11:KeyDerivationMethod>
      <xenc:ReferenceList><xenc:DataReference URI="#ED"/></xenc:ReferenceList>
      <xenc11:MasterKeyName>My Password 1</xenc11:MasterKeyName>
    </xenc11:DerivedKey>
  </pskc:EncryptionKey>
  <pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
    <pskc:MACKey>
      <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
      <xenc:CipherData><xenc:CipherValue>2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx</xenc:CipherValue></xenc:CipherData>
    </pskc:MACKey>
  </pskc:MACMethod>
  <pskc:KeyPackage>
    <pskc:DeviceInfo><pskc:Manufacturer>TokenVendorAcme</pskc:Manufacturer><pskc:SerialNo>987654321</pskc:SerialNo></pskc:DeviceInfo>
    <pskc:CryptoModuleInfo><pskc:Id>CM_ID_001</pskc:Id></pskc:CryptoModuleInfo>
    <pskc:Key Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp" Id="123456">
      <pskc:Issuer>Example-Issuer</pskc:Issuer>
      <pskc:AlgorithmParameters><pskc:ResponseFormat Length="8" Encoding="DECIMAL"/></pskc:AlgorithmParameters>
      <pskc:Data>
        <pskc:Secret>
          <pskc:EncryptedValue Id="ED">
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
            <xenc:CipherData><xenc:CipherValue>oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f</xenc:CipherValue></xenc:CipherData>
          </pskc:EncryptedValue>
          <pskc:ValueMAC>LP6xMvjtypbfT9PdkJhBZ+D6O4w=</pskc:ValueMAC>
        </pskc:Secret>
      </pskc:Data>
    </pskc:Key>
  </pskc:KeyPackage>
</pskc:KeyContainer>`,
} as const

export interface MadeKey {
  readonly serial: string
  readonly secret: Uint8Array
  readonly type?: 'hotp' | 'totp'
  readonly digits?: number
  readonly suite?: string
  readonly interval?: number
  readonly counter?: number
  /** More of the package's elements. */
  readonly policy?: string
  readonly userId?: string
}

type Size = 128 | 192 | 256
export type Wrapping =
  | { readonly kind: 'plain' }
  | { readonly kind: 'cbc' | 'kw' | 'kw-pad'; readonly bits: Size; readonly key: Uint8Array }
  | { readonly kind: 'passphrase'; readonly bits: Size; readonly passphrase: string; readonly prf?: 'sha256' }

/** A whole container of these keys. */
export function pskcDocument(keys: readonly MadeKey[], wrapping: Wrapping = { kind: 'plain' }): string {
  return (
    pskcHead(wrapping).begin + keys.map((key) => pskcPackage(key, pskcHead(wrapping))).join('') + '</KeyContainer>\n'
  )
}

interface Head {
  readonly begin: string
  readonly wrap: ((secret: Uint8Array) => string) | null
}

const salt = Buffer.from('0011223344556677', 'hex')
const macKey = Buffer.alloc(20, 7)

/** What comes before the packages, and how their secrets are written. */
export function pskcHead(wrapping: Wrapping): Head {
  const open = `<?xml version="1.0" encoding="UTF-8"?>\n<KeyContainer Version="1.0" xmlns="${pskc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="${xmlenc}" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">`
  if (wrapping.kind === 'plain') return { begin: open, wrap: null }
  const { bits } = wrapping
  if (wrapping.kind === 'kw' || wrapping.kind === 'kw-pad') {
    const isPadded = wrapping.kind === 'kw-pad'
    const uri = isPadded ? `http://www.w3.org/2009/xmlenc11#kw-aes-${bits}-pad` : `${xmlenc}kw-aes${bits}`
    const initial = Buffer.from(isPadded ? 'a65959a6' : 'a6a6a6a6a6a6a6a6', 'hex')
    const wrap = (secret: Uint8Array) => {
      const cipher = createCipheriv(`id-aes${bits}-wrap${isPadded ? '-pad' : ''}`, wrapping.key, initial)
      return `<EncryptedValue>${encryptedData(uri, Buffer.concat([cipher.update(secret), cipher.final()]))}</EncryptedValue>`
    }
    return { begin: `${open}<EncryptionKey><ds:KeyName>agreed</ds:KeyName></EncryptionKey>`, wrap }
  }
  const isDerived = wrapping.kind === 'passphrase'
  const hash = isDerived && wrapping.prf ? wrapping.prf : 'sha1'
  const key = isDerived ? pbkdf2Sync(wrapping.passphrase, salt, 1000, bits / 8, hash) : wrapping.key
  const uri = `${xmlenc}aes${bits}-cbc`
  const encrypt = (value: Uint8Array) => {
    const iv = randomBytes(16)
    const cipher = createCipheriv(`aes-${bits}-cbc`, key, iv)
    return Buffer.concat([iv, cipher.update(value), cipher.final()])
  }
  const prf = hash === 'sha256' ? '<PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>' : ''
  const encryptionKey = isDerived
    ? `<xenc11:DerivedKey><xenc11:KeyDerivationMethod Algorithm="http://www.w3.org/2009/xmlenc11#pbkdf2"><pkcs5:PBKDF2-params><Salt><Specified>${salt.toString('base64')}</Specified></Salt><IterationCount>1000</IterationCount><KeyLength>${bits / 8}</KeyLength>${prf}</pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod></xenc11:DerivedKey>`
    : '<ds:KeyName>agreed</ds:KeyName>'
  const mac = `<MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"><MACKey>${encryptedData(uri, encrypt(macKey))}</MACKey></MACMethod>`
  const wrap = (secret: Uint8Array) => {
    const value = encrypt(secret)
    const tag = createHmac('sha256', macKey).update(value).digest('base64')
    return `<EncryptedValue>${encryptedData(uri, value)}</EncryptedValue><ValueMAC>${tag}</ValueMAC>`
  }
  return { begin: `${open}<EncryptionKey>${encryptionKey}</EncryptionKey>${mac}`, wrap }
}

export function pskcPackage(key: MadeKey, { wrap }: Head): string {
  const { serial, secret, type = 'totp', digits = 6, suite, interval = 30, counter = 0, policy, userId } = key
  const value = wrap ? wrap(secret) : `<PlainValue>${Buffer.from(secret).toString('base64')}</PlainValue>`
  const moving =
    type === 'hotp'
      ? `<Counter><PlainValue>${counter}</PlainValue></Counter>`
      : `<Time><PlainValue>0</PlainValue></Time><TimeInterval><PlainValue>${interval}</PlainValue></TimeInterval>`
  return `<KeyPackage><DeviceInfo><Manufacturer>Acme</Manufacturer><SerialNo>${serial}</SerialNo><Model>T1</Model></DeviceInfo><Key Id="${serial}" Algorithm="${pskc}:${type}"><AlgorithmParameters>${suite ? `<Suite>${suite}</Suite>` : ''}<ResponseFormat Length="${digits}" Encoding="DECIMAL"/></AlgorithmParameters><Data><Secret>${value}</Secret>${moving}</Data>${userId ? `<UserId>${userId}</UserId>` : ''}${policy ? `<Policy>${policy}</Policy>` : ''}</Key></KeyPackage>\n`
}

function encryptedData(uri: string, value: Uint8Array): string {
  return `<xenc:EncryptionMethod Algorithm="${uri}"/><xenc:CipherData><xenc:CipherValue>${Buffer.from(value).toString('base64')}</xenc:CipherValue></xenc:CipherData>`
}
