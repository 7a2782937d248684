/** Reads FreeRADIUS's `clients.conf` (clients.conf(5)): nested sections, quoting, comments; files that it includes are not read. */
import { isIP } from 'node:net'
import { UnreadableFile, type FoundClient, type Reading, type Remark } from './reading.ts'

interface Token {
  readonly kind: 'word' | 'quoted' | '{' | '}' | '='
  readonly text: string
  readonly line: number
}

interface Section {
  /** `client` and what stands behind it. */
  readonly kind: string
  readonly name: string
  readonly line: number
  readonly values: Map<string, string>
  readonly sections: Section[]
}

const depthAtMost = 8
const refersElsewhere = 'A value refers to another one by a dollar or per cent sign and a brace: write it out.'

/** Throws UnreadableFile where braces or quotes do not close. */
export function readFreeRadius(text: string): Reading {
  const remarks: Remark[] = []
  const root = parse(tokensOf(text.replace(/^\uFEFF/u, '')), remarks)
  const clients: FoundClient[] = []
  collect(root, clients, remarks)
  return { clients, servers: [], directory: null, remarks }
}

function* tokensOf(text: string): Generator<Token> {
  let line = 1
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at, at + 4096)
    const [space] = /^(?:\s+|#[^\n]*)/u.exec(rest) ?? []
    if (space !== undefined) {
      line += space.split('\n').length - 1
      at += space.length
      continue
    }
    const [sign] = /^(?:[{}]|:?[=]{1,2}|[+!]=)/u.exec(rest) ?? []
    if (sign !== undefined) {
      yield { kind: sign === '{' || sign === '}' ? sign : '=', text: sign, line }
      at += sign.length
      continue
    }
    const quoted = /^(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/u.exec(rest)
    if (quoted !== null) {
      yield { kind: 'quoted', text: (quoted[1] ?? quoted[2] ?? '').replaceAll(/\\(.)/gu, '$1'), line }
      at += quoted[0].length
      continue
    }
    const [word] = /^(?:[$%]\w*\{[^}\n]*\}|[^\s{}="'])+/u.exec(rest) ?? []
    if (word === undefined) throw new UnreadableFile(`Line ${line}: a quotation mark has no end on its line.`)
    yield { kind: 'word', text: word, line }
    at += word.length
  }
}

function parse(tokens: Iterable<Token>, remarks: Remark[]): Section {
  const root: Section = { kind: '', name: '', line: 1, values: new Map(), sections: [] }
  const open = [root]
  /** Of a line, the first two words and the last: however long it is. */
  let words: Token[] = []
  let expects: string | null = null
  for (const token of tokens) {
    const inside = open.at(-1)
    if (inside === undefined) break
    const { line } = token
    const [first] = words
    if (expects !== null && (token.kind === 'word' || token.kind === 'quoted')) {
      // An expansion could be anything; as text it would be a secret that nobody has.
      if (/[$%]\w*\{/u.test(token.text)) remarks.push({ where: `line ${line}`, message: refersElsewhere })
      else inside.values.set(expects, token.text)
      expects = null
    } else if (token.kind === '=') {
      if (first === undefined) throw new UnreadableFile(`Line ${line}: nothing stands in front of the =.`)
      expects = (words.at(-1)?.text ?? '').toLowerCase()
      words = []
    } else if (token.kind === '{') {
      const [kind, name] = words
      if (open.length > depthAtMost)
        throw new UnreadableFile(`Line ${line}: nested deeper than any list of clients is.`)
      const section = {
        kind: kind?.text ?? '',
        name: name?.text ?? '',
        line,
        values: new Map<string, string>(),
        sections: [],
      }
      inside.sections.push(section)
      open.push(section)
      words = []
    } else if (token.kind === '}') {
      if (open.length === 1) throw new UnreadableFile(`Line ${line}: a brace closes what nothing opened.`)
      open.pop()
      words = []
    } else if (first?.line === line && first.text.startsWith('$')) {
      remarks.push({
        where: `line ${line}`,
        message: `${first.text} ${token.text}: included files are not read; import each by itself.`,
      })
      words = []
    } else words = first?.line === line ? [...words.slice(0, 2), token] : [token]
  }
  const unclosed = open.at(-1)
  if (open.length > 1) throw new UnreadableFile(`Line ${unclosed?.line ?? 0}: the section that begins here has no end.`)
  return root
}

function collect({ sections }: Section, clients: FoundClient[], remarks: Remark[]): void {
  for (const section of sections) {
    if (section.kind === 'client') readClient(section, clients, remarks)
    else if (section.kind === 'clients') collect(section, clients, remarks)
    else remarks.push({ where: `line ${section.line}`, message: `A section “${section.kind}” is no client.` })
  }
}

const addressNames = ['ipaddr', 'ipv4addr', 'ipv6addr']
const known = new Set([
  ...addressNames,
  'netmask',
  'secret',
  'shortname',
  'require_message_authenticator',
  'nas_type',
  'nastype',
])

function readClient({ name, line, values, sections }: Section, clients: FoundClient[], remarks: Remark[]): void {
  const where = `line ${line}`
  const remark = (message: string) => remarks.push({ where, message: `client ${name}: ${message}` })
  const written = addressNames.map((key) => values.get(key)).find((value) => value !== undefined) ?? name
  const address = withMask(written === '*' ? '0.0.0.0/0' : written, values.get('netmask'))
  const sharedSecret = values.get('secret')
  if (isIP(address.replace(/\/\d+$/u, '')) === 0) {
    remark(`${written} is a name: write its address.`)
    return
  }
  if (sharedSecret === undefined) {
    remark('it has no secret.')
    return
  }
  const others = [...values.keys()].filter((key) => !known.has(key)).concat(sections.map(({ kind }) => kind))
  if (others.length > 0) remark(`not taken over: ${others.join(', ')}.`)
  clients.push({
    ...{ where, address, sharedSecret, enabled: true, factorMode: 'automatic' },
    name: (values.get('shortname') ?? name).slice(0, 64),
    requiresMessageAuthenticator: ['yes', 'true', '1'].includes(values.get('require_message_authenticator') ?? ''),
  })
}

function withMask(address: string, netmask: string | undefined): string {
  return netmask === undefined || address.includes('/') ? address : `${address}/${netmask}`
}
