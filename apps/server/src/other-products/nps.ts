/** Reads what `netsh nps export` writes: RADIUS clients, and the servers of remote RADIUS server groups, from its XML. */
import sax from 'sax'
import { UnreadableFile, type FoundClient, type FoundServer, type Reading, type Remark } from './reading.ts'

interface Element {
  readonly tag: string
  /** What it was called before it was made fit for XML. */
  readonly name: string
  readonly children: Element[]
  text: string
}

const depthAtMost = 40
const elementsAtMost = 500_000

/** Throws UnreadableFile where it is no XML, no export of NPS, or beyond the bounds. */
export function readNps(text: string): Reading {
  const service = descend(parse(text), ['Children', 'Microsoft_Internet_Authentication_Service', 'Children'])
  if (service === undefined) throw new UnreadableFile('This is XML, but no export of NPS (netsh nps export).')
  const remarks: Remark[] = []
  const list = descend(service, [
    'Protocols',
    'Children',
    'Microsoft_Radius_Protocol',
    'Children',
    'Clients',
    'Children',
  ])
  const clients = (list?.children ?? []).flatMap((element) => readClient(element, remarks))
  const groups = service.children.filter(({ tag }) => /^RADIUS_?Server_?Groups$/u.test(tag))
  const servers = groups.flatMap((group) => withAddress(group, []).flatMap((each) => readServer(each, remarks)))
  for (const [tag, what] of policies) {
    const count = descend(service, [tag, 'Children'])?.children.length ?? 0
    if (count > 0)
      remarks.push({ where: tag, message: `${count} ${what} are not taken over: set up what is needed here.` })
  }
  return { clients, servers, directory: null, remarks }
}

const policies = [
  ['NetworkPolicy', 'network policies'],
  ['Proxy_Policies', 'connection request policies'],
] as const

function readClient(element: Element, remarks: Remark[]): readonly FoundClient[] {
  const value = valuesOf(element)
  const where = `client ${element.name}`
  const sharedSecret = value('Shared_Secret')
  if (sharedSecret === '') {
    const message = 'It has no secret of its own: it may come from a template, which an export does not resolve.'
    remarks.push({ where, message })
    return []
  }
  return [
    {
      ...{
        where,
        name: element.name.slice(0, 64),
        address: value('IP_Address'),
        sharedSecret,
        factorMode: 'automatic',
      },
      requiresMessageAuthenticator: value('Require_Signature') === '1',
      enabled: value('Radius_Client_Enabled') !== '0',
    },
  ]
}

function readServer(element: Element, remarks: Remark[]): readonly FoundServer[] {
  const value = valuesOf(element)
  const host = value('Address')
  const where = `server ${host}`
  const sharedSecret = value('Authentication_Secret')
  if (sharedSecret === '') {
    remarks.push({ where, message: 'It has no secret of its own: add it by hand.' })
    return []
  }
  const accountingSecret = value('Accounting_Secret')
  const isOther = accountingSecret !== '' && accountingSecret !== sharedSecret
  if (isOther) remarks.push({ where, message: 'Its accounting has a secret of its own, and is not taken over.' })
  const takesAccounting = value('Forward_Accounting_On_Off') === '1' && !isOther
  return [
    {
      ...{ where, host, sharedSecret, tries: 3 },
      authenticationPort: Number(value('Server_Authentication_Port') || 1812),
      accountingPort: takesAccounting ? Number(value('Server_Accounting_Port') || 1813) : null,
      timeoutSeconds: Number(value('Timeout') || 3),
    },
  ]
}

/** The servers below a group, however deep they lie. */
function withAddress(element: Element, found: Element[]): readonly Element[] {
  if (descend(element, ['Properties', 'Address']) !== undefined) found.push(element)
  else for (const child of element.children) withAddress(child, found)
  return found
}

function valuesOf(element: Element): (name: string) => string {
  const properties = descend(element, ['Properties'])
  return (name) => properties?.children.find(({ tag }) => tag === name)?.text.trim() ?? ''
}

function descend(from: Element | undefined, path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, tag) => at?.children.find((child) => child.tag === tag), from)
}

function parse(text: string): Element {
  const parser = sax.parser(true)
  const root: Element = { tag: '', name: '', children: [], text: '' }
  const open = [root]
  let elements = 0
  parser.ondoctype = () => {
    throw new UnreadableFile('This XML declares a document type, which no export of NPS does: it is not read.')
  }
  parser.onerror = () => {
    throw new UnreadableFile('This is no whole XML: export it again, and do not edit it.')
  }
  parser.onopentag = ({ name: tag, attributes }) => {
    if (open.length > depthAtMost || ++elements > elementsAtMost) {
      throw new UnreadableFile('This XML is larger than any export of NPS.')
    }
    const { name = tag } = attributes as Readonly<Record<string, string>>
    const element = { tag, name, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  }
  parser.ontext = parser.oncdata = (more) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += more
  }
  parser.onclosetag = () => void open.pop()
  parser.write(text.replace(/^\uFEFF/u, '')).close()
  const [whole] = root.children
  if (whole === undefined || open.length > 1) throw new UnreadableFile('The file ends in the middle of its XML.')
  return whole
}
