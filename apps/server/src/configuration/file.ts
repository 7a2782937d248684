/** The file: YAML that a person reads and that diffs, and what is wrong with one that a person wrote. */
import { LineCounter, parseDocument, stringify, type Document } from 'yaml'
import { leftOut } from './coverage.ts'
import { isPlain, withValueAt, type Plain } from './plain.ts'
import { clientName, type ListName, type ListPart, listParts } from './list-parts.ts'
import { type SettingName, settingParts } from './setting-parts.ts'
import { listNames, named, settingNames, shaped } from './present.ts'

const format = 1
const charactersAtMost = 8_000_000

export interface WantedEntry {
  readonly name: string
  /** From 0: where it stands in the file. */
  readonly index: number
  readonly value: Plain
}

/** What a file asks for; what it does not name stays as it is. */
export interface WantedConfiguration {
  readonly settings: ReadonlyMap<SettingName, Plain>
  readonly lists: ReadonlyMap<ListName, readonly WantedEntry[]>
  /** As sealed in the file; null: there are none in it. */
  readonly sealedSecrets: string | null
}

export type ReadFile =
  | { readonly ok: true; readonly wanted: WantedConfiguration; readonly lineOf: (path: string) => number | null }
  | { readonly ok: false; readonly problems: readonly string[] }

const heading = `# The configuration of a Sallyport server.
# sallyport config import <file> shows what it would change; with --yes it does. What a file does not name stays as it is; of a list
# that it names, what is not in it goes. Secrets that are not in it stay as they are. Left out:
${Object.values(leftOut)
  .map((reason) => `#   ${reason}\n`)
  .join('')}`

export function writeFile(document: Plain, sealedSecrets: string | null): string {
  const whole = { sallyport: format, ...document, ...(sealedSecrets === null ? {} : { sealedSecrets }) }
  return heading + stringify(whole, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false })
}

export function readFile(text: string): ReadFile {
  if (text.length > charactersAtMost) return { ok: false, problems: ['The file is too large to be a configuration.'] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true })
  const [broken] = document.errors
  if (broken !== undefined) return { ok: false, problems: [broken.message.split('\n')[0] ?? ''] }
  const whole = plainOf(document)
  if (whole === null)
    return { ok: false, problems: ['This is no configuration: it has no sections. An alias (*name) is not taken.'] }
  if (whole['sallyport'] !== format) {
    return { ok: false, problems: [`It must say “sallyport: ${format}”: another release wrote it, or something else.`] }
  }
  const lineOf = (path: string) => lineIn(document, lines, path)
  const problems: string[] = []
  const note = (path: string, message: string) => {
    const line = lineOf(path)
    problems.push(`${line === null ? '' : `line ${line}: `}${path}: ${message}`)
  }
  const wanted = wantedOf(whole, note)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, wanted, lineOf }
}

type Note = (path: string, message: string) => void

function wantedOf(whole: Plain, note: Note): WantedConfiguration {
  const settings = new Map<SettingName, Plain>()
  const lists = new Map<ListName, readonly WantedEntry[]>()
  for (const name of Object.keys(whole)) {
    if (['sallyport', 'sealedSecrets', ...settingNames, ...listNames].includes(name)) continue
    note(name, `There is no such section. There are ${[...settingNames, ...listNames].join(', ')}.`)
  }
  const shape = (path: string, value: unknown, schema: ListPart['schema'], ofClient: boolean): Plain | null => {
    if (!isPlain(value)) {
      note(path, 'Fields are expected here, such as “name: value”.')
      return null
    }
    const client = value['client'] ?? null
    const fields = withValueAt(value, 'client', undefined)
    const isClient = client === null || typeof client === 'string'
    if (ofClient && !isClient) note(`${path}.client`, 'The name of a client is expected, or null for every client.')
    if ('version' in value || 'clientId' in value) note(path, '“version” and “clientId” do not belong into a file.')
    const versioned = { ...(ofClient ? { ...fields, clientId: null } : value), version: 1 }
    const { error } = schema.safeParse(versioned)
    for (const issue of error?.issues ?? []) {
      note([path, ...issue.path.map(String)].join('.').replaceAll(/\.(\d+)/gu, '[$1]'), issue.message)
    }
    return error === undefined ? shaped(schema, value, ofClient) : null
  }
  for (const name of settingNames) {
    if (whole[name] === undefined) continue
    const value = shape(name, whole[name], settingParts[name].schema, false)
    if (value !== null) settings.set(name, value)
  }
  for (const name of listNames) {
    const section = whole[name]
    if (section === undefined) continue
    if (!Array.isArray(section)) {
      note(name, 'A list is expected here: each entry begins with a hyphen.')
      continue
    }
    const part: ListPart = listParts[name]
    const entries = section.flatMap((each: unknown, index) => {
      const value = shape(`${name}[${index}]`, each, part.schema, part.ofClient)
      return value === null ? [] : [{ value, index }]
    })
    lists.set(name, named(part, entries))
  }
  refuseUnknownClients(lists, note)
  const sealed = whole['sealedSecrets'] ?? null
  if (sealed !== null && typeof sealed !== 'string') note('sealedSecrets', 'This is not what an export writes.')
  return { settings, lists, sealedSecrets: typeof sealed === 'string' ? sealed : null }
}

/** Where the file names the clients, rules can be for those alone. */
function refuseUnknownClients(lists: ReadonlyMap<ListName, readonly WantedEntry[]>, note: Note): void {
  const clients = lists.get('clients')
  if (clients === undefined) return
  const known = new Set(clients.map(({ value }) => clientName(value)))
  for (const [name, entries] of lists) {
    for (const { index, value } of entries) {
      const client = value['client']
      if (typeof client !== 'string' || known.has(client)) continue
      note(
        `${name}[${index}].client`,
        `No client of the list is “${client}”: name it as ${[...known].slice(0, 3).join(' or ') || 'an address'}.`,
      )
    }
  }
}

function plainOf(document: Document): Plain | null {
  try {
    // No alias: a short file must not become a huge one.
    const whole: unknown = document.toJS({ maxAliasCount: 0 })
    return isPlain(whole) ? whole : null
  } catch {
    return null
  }
}

/** Of the nearest thing that is there: a missing field has the line of what lacks it. */
function lineIn(document: Document, lines: LineCounter, path: string): number | null {
  const steps = path.split(/[.[\]]+/u).filter((step) => step !== '')
  for (let length = steps.length; length > 0; length--) {
    const node: unknown = document.getIn(
      steps.slice(0, length).map((step) => (/^\d+$/u.test(step) ? Number(step) : step)),
      true,
    )
    if (isPlain(node) && Array.isArray(node['range'])) return lines.linePos(Number(node['range'][0])).line
  }
  return null
}
