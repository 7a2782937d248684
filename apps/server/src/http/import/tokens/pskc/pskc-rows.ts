/** Reads tokens from a Portable Symmetric Key Container (RFC 6030): a key package is a row. Signatures are not verified. */
import { ImportFault } from '../../import-fault.ts'
import {
  checkSecret,
  readAlgorithm,
  readCounter,
  readDate,
  readDigits,
  readLine,
  readSerialNumber,
  readStep,
  RowProblem,
  type TokenRow,
} from '../token-draft.ts'
import { elementAt, readElements, textAt, type XmlElement } from './elements.ts'
import { createProtection, type GivenKey, type Open } from './protection.ts'

const namespace = 'urn:ietf:params:xml:ns:keyprov:pskc'

export async function* readPskcRows(text: AsyncIterable<string>, given: GivenKey): AsyncGenerator<TokenRow> {
  let root: XmlElement | undefined
  let encryptionKey: XmlElement | undefined
  let macMethod: XmlElement | undefined
  let open: Open | undefined
  let number = 0
  for await (const element of readElements(text)) {
    if (root === undefined) {
      root = element
      checkRoot(root)
      continue
    }
    if (element.namespace !== namespace) continue
    if (element.name === 'EncryptionKey') encryptionKey = element
    if (element.name === 'MACMethod') macMethod = element
    if (element.name !== 'KeyPackage') continue
    open ??= createProtection(encryptionKey, macMethod, given)
    number += 1
    yield await readRow(number, element, open)
  }
  if (number === 0) throw new ImportFault('empty', 'There is no key in this file.')
}

function checkRoot({ name, namespace: found, attributes }: XmlElement): void {
  if (name !== 'KeyContainer' || found !== namespace) {
    const what = `<${name.slice(0, 60)}> of “${found.slice(0, 120)}”`
    throw new ImportFault(
      'no-pskc',
      `This XML is ${what}. What is understood is <KeyContainer> of “${namespace}” (RFC 6030).`,
    )
  }
  const version = attributes.get('Version') ?? ''
  if (version !== '1.0' && version !== '1') {
    throw new ImportFault(
      'no-pskc',
      `This is PSKC of version “${version.slice(0, 20)}”; what is understood is 1.0 (RFC 6030).`,
    )
  }
}

async function readRow(number: number, container: XmlElement, open: Open): Promise<TokenRow> {
  const device = elementAt(container, 'DeviceInfo')
  const key = elementAt(container, 'Key')
  const serial = textAt(device, 'SerialNo') || (key?.attributes.get('Id') ?? '')
  const upn = textAt(key, 'UserId') || textAt(device, 'UserId')
  const known = { number, serialNumber: printable(serial), upn: printable(upn) }
  try {
    const serialNumber = readSerialNumber(serial, 'SerialNo')
    if (key === undefined) throw new RowProblem('bad-type', 'Key')
    const type = typeOf(key)
    const parameters = elementAt(key, 'AlgorithmParameters')
    const format = elementAt(parameters, 'ResponseFormat')
    if ((format?.attributes.get('Encoding') ?? 'DECIMAL') !== 'DECIMAL') throw new RowProblem('bad-digits', 'Encoding')
    const policy = elementAt(key, 'Policy')
    checkPolicy(policy)
    const data = elementAt(key, 'Data')
    const token = {
      serialNumber,
      secret: checkSecret(await readOctets(elementAt(data, 'Secret'), open), 'Secret'),
      type,
      algorithm: readAlgorithm(textAt(parameters, 'Suite'), 'Suite'),
      digits: readDigits(format?.attributes.get('Length') ?? '', 'ResponseFormat'),
      stepSeconds:
        type === 'hotp' ? 30 : readStep(await readNumber(elementAt(data, 'TimeInterval'), open), 'TimeInterval'),
      manufacturer: readLine(textAt(device, 'Manufacturer'), 'Manufacturer'),
      model: readLine(textAt(device, 'Model'), 'Model'),
      lastUsedStep: type === 'hotp' ? readCounter(await readNumber(elementAt(data, 'Counter'), open), 'Counter') : null,
      notBefore: latest(dates('StartDate', device, policy)),
      notAfter: earliest(dates('ExpiryDate', device, policy)),
    }
    return { ...known, token, reason: null, field: null }
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error
    return { ...known, token: null, reason: error.reason, field: error.field }
  }
}

function typeOf(key: XmlElement): 'totp' | 'hotp' {
  // Drafts had a # where the RFC has a colon.
  switch ((key.attributes.get('Algorithm') ?? '').replace('#', ':')) {
    case `${namespace}:hotp`:
      return 'hotp'
    case `${namespace}:totp`:
      return 'totp'
    default:
      throw new RowProblem('bad-type', 'Algorithm')
  }
}

const understood = ['StartDate', 'ExpiryDate', 'KeyUsage', 'PINPolicy']

/** RFC 6030 §5: a key whose policy is not understood must not be used. A PIN that the device itself asks for is none of ours. */
function checkPolicy(policy: XmlElement | undefined): void {
  if (policy === undefined) return
  const unknown = policy.children.find(({ name }) => !understood.includes(name))
  if (unknown !== undefined) throw new RowProblem('policy', unknown.name.slice(0, 60))
  const uses = policy.children.filter(({ name }) => name === 'KeyUsage').map(({ text }) => text.trim())
  if (uses.length > 0 && !uses.includes('OTP')) throw new RowProblem('policy', 'KeyUsage')
  const pin = elementAt(policy, 'PINPolicy')
  if (pin !== undefined && pin.attributes.get('PINUsageMode') !== 'Local') throw new RowProblem('policy', 'PINPolicy')
}

async function readOctets(element: XmlElement | undefined, open: Open): Promise<Uint8Array | undefined> {
  if (elementAt(element, 'EncryptedValue') && element) return open(element)
  const plain = textAt(element, 'PlainValue').replace(/\s/g, '')
  if (plain === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return undefined
  return Buffer.from(plain, 'base64')
}

/** In clear a number is text; encrypted it is octets, the greatest first (RFC 6030 §4.2). */
async function readNumber(element: XmlElement | undefined, open: Open): Promise<string> {
  if (element === undefined || !elementAt(element, 'EncryptedValue')) return textAt(element, 'PlainValue')
  const octets = await open(element)
  return octets.length === 0 || octets.length > 8 ? '?' : BigInt(`0x${octets.toString('hex')}`).toString()
}

function dates(name: string, ...places: readonly (XmlElement | undefined)[]): readonly Date[] {
  return places.flatMap((place) => readDate(textAt(place, name), name) ?? [])
}

function latest(dates: readonly Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.max(...dates.map(Number)))
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.min(...dates.map(Number)))
}

/** For the log. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, 200)
}
