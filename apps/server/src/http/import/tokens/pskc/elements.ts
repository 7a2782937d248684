/**
 * Reads an XML document as a stream: its root, then each child of the root as a small tree. No document type, so no entities; a
 * bounded depth; a bounded size of each tree. What lies under the root is forgotten once it was handed out.
 */
import sax from 'sax'
import { ImportFault } from '../../import-fault.ts'

export interface XmlElement {
  readonly namespace: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface Growing extends XmlElement {
  readonly children: Growing[]
  text: string
}

const limits = { depth: 24, elements: 400, characters: 64 * 1024, attributes: 24 } as const

/** @throws ImportFault where the text is no XML, cut off, or beyond the bounds */
export async function* readElements(text: AsyncIterable<string>): AsyncGenerator<XmlElement> {
  const { parser, ready } = createParser()
  for await (const piece of text) {
    parser.write(piece)
    yield* ready.splice(0)
  }
  parser.end()
  yield* ready.splice(0)
}

function createParser() {
  const parser = sax.parser(true, { xmlns: true, position: false })
  const ready: XmlElement[] = []
  const open: Growing[] = []
  const within = { elements: 0, characters: 0, attributes: 0 }
  let finished = false
  const count = (what: keyof typeof within, more: number) => {
    within[what] += more
    if (within[what] > limits[what]) throw new ImportFault('too-deep', 'A part of this XML is larger than any key is.')
  }

  parser.onerror = (error) => {
    const isCut = open.length > 0 && /Unclosed root|Unexpected end/.test(error.message)
    if (isCut) throw new ImportFault('cut-short', 'The file ends in the middle of its XML: it is not whole.')
    throw new ImportFault('no-xml', 'This is no well-formed XML.')
  }
  parser.ondoctype = () => {
    throw new ImportFault(
      'doctype',
      'This XML declares a document type or entities, which no list of keys needs: it is not read.',
    )
  }
  parser.onopentagstart = () => {
    within.attributes = 0
  }
  parser.onattribute = () => count('attributes', 1)
  parser.onopentag = (tag) => {
    if (open.length >= limits.depth)
      throw new ImportFault('too-deep', 'This XML is nested deeper than any list of keys is.')
    if (open.length === 1) Object.assign(within, { elements: 0, characters: 0 })
    count('elements', 1)
    const element = growing(tag as sax.QualifiedTag)
    // The root is handed out as it begins; it keeps none of its children.
    if (open.length === 0) ready.push(element)
    if (open.length > 1) open.at(-1)?.children.push(element)
    open.push(element)
  }
  parser.ontext = parser.oncdata = (text) => {
    const element = open.at(-1)
    if (element === undefined || open.length < 2) return
    count('characters', text.length)
    element.text += text
  }
  parser.onclosetag = () => {
    const element = open.pop()
    if (element !== undefined && open.length === 1) ready.push(element)
    finished = open.length === 0
  }
  return {
    ready,
    parser: {
      write: (piece: string) => void parser.write(piece),
      end() {
        parser.close()
        if (!finished) throw new ImportFault('cut-short', 'The file ends in the middle of its XML: it is not whole.')
      },
    },
  }
}

function growing({ uri, local, attributes }: sax.QualifiedTag): Growing {
  const named = Object.values(attributes).map(({ local: name, value }): [string, string] => [name, value])
  return { namespace: uri, name: local, attributes: new Map(named), children: [], text: '' }
}

/** The first element on a path of names, in any namespace. */
export function elementAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((at, name) => at?.children.find((child) => child.name === name), element)
}

/** Its text without spaces around; empty where there is no such element. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  return elementAt(element, ...path)?.text.trim() ?? ''
}
