/** The dictionary against one that others keep: FreeRADIUS's, as Debian installs it. */
import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import {
  attributeName,
  definitionOf,
  dictionary,
  dictionarySources,
  isAttributeName,
  valueName,
  type AttributeName,
} from './index.ts'

const names = Object.keys(dictionary) as AttributeName[]

/** FreeRADIUS's attributes and values, by name: `Service-Type` → `6 integer`, `Service-Type/Framed-User` → `2`. */
function freeRadiusDictionary(): ReadonlyMap<string, string> {
  const folder = '/usr/share/freeradius'
  const files = readdirSync(folder).filter((name) =>
    /^dictionary\.(rfc\d+|microsoft|cisco(\.asa)?|fortinet|paloalto|checkpoint|citrix|juniper|mikrotik)$/.test(name),
  )
  const found = new Map<string, string>()
  for (const file of files) {
    for (const line of readFileSync(`${folder}/${file}`, 'utf8').split('\n')) {
      const [keyword, name = '', second = '', third = ''] = line.trim().split(/\s+/)
      if (keyword === 'ATTRIBUTE') found.set(name, `${second} ${third.replace(/\[.*/, '')}`)
      if (keyword === 'VALUE') found.set(`${name}/${second}`, third)
    }
  }
  return found
}

const theirs = freeRadiusDictionary()

/** RFC 8044's data types in FreeRADIUS's older words. */
const words: Readonly<Record<string, readonly string[]>> = {
  integer: ['integer'],
  enum: ['integer'],
  time: ['date'],
  text: ['string'],
  string: ['octets'],
  concat: ['octets'],
  ifid: ['ifid'],
  ipv4addr: ['ipaddr'],
  ipv6addr: ['ipv6addr'],
  ipv6prefix: ['ipv6prefix'],
  vsa: ['vsa'],
  evs: ['evs'],
}

/** Where we go by the RFC's words, and FreeRADIUS by how people like to see it. */
const typedDifferently: readonly AttributeName[] = [
  'User-Password',
  'Tunnel-Password',
  'MS-CHAP-Error',
  'MS-CHAP-Domain',
]
/** Not in FreeRADIUS's files. */
const unknownToThem: readonly AttributeName[] = ['MS-ARAP-Challenge']

describe('the dictionary', () => {
  it.each(names.filter((name) => !unknownToThem.includes(name)))('agrees with FreeRADIUS about %s', (name) => {
    const { path, dataType } = definitionOf(name)
    const [number, type = ''] = theirs.get(name)?.split(' ') ?? []
    expect(number).toBe(path.space === 'extended' ? `${path.type}.${path.extendedType}` : String(path.type))
    if (!typedDifferently.includes(name)) expect(words[dataType]).toContain(type)
  })

  it('agrees with FreeRADIUS about named values', () => {
    // FreeRADIUS's older names for one value, and values whose bits RFC 2548 §2.1.5 numbers otherwise.
    const ours = new Set(['Tunnel-Type/VLAN', 'Error-Cause/Response-Too-Big'])
    for (const name of names) {
      if (name === 'MS-MPPE-Encryption-Types') continue
      for (const [word, value] of Object.entries(definitionOf(name).values ?? {})) {
        const key = `${name}/${word}`
        if (!ours.has(key)) expect([key, theirs.get(key)]).toEqual([key, String(value)])
      }
    }
  })

  it('knows of every attribute where it is from', () => {
    expect(dictionarySources.flatMap((each) => each.names).sort()).toEqual([...names].sort())
  })

  it('has one name for each place', () => {
    const places = names.map((name) => JSON.stringify(dictionary[name].path))
    expect(new Set(places).size).toBe(names.length)
  })

  it('names types and values, and knows which words are names', () => {
    expect(attributeName(1)).toBe('User-Name')
    expect(attributeName(200)).toBe('Attribute-200')
    expect(valueName('Service-Type', 2)).toBe('Framed-User')
    expect(valueName('Service-Type', 99)).toBeUndefined()
    expect(valueName('NAS-Port', 1)).toBeUndefined()
    expect(isAttributeName('Filter-Id')).toBe(true)
    for (const word of ['filter-id', 'toString', '__proto__', '']) expect(isAttributeName(word)).toBe(false)
  })
})
