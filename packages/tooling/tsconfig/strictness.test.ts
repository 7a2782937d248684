import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..')
const { config } = ts.readConfigFile(join(import.meta.dirname, 'node.json'), (path) => ts.sys.readFile(path)) as {
  config: unknown
}
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, import.meta.dirname)

/** The numbers of the compiler's complaints about a text, under the options that every package extends. */
function complaints(text: string): number[] {
  const path = join(folder, 'proof.ts')
  const host = ts.createCompilerHost(options)
  const original = host.getSourceFile.bind(host)
  host.getSourceFile = (name, version) =>
    name === path ? ts.createSourceFile(name, text, version) : original(name, version)
  const program = ts.createProgram([path], { ...options, types: [] }, host)
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ code }) => code)
}

describe('the compiler options of the workspace', () => {
  test.each([
    ['an enum', 1294, 'export enum Way { In, Out }'],
    ['a namespace with values', 1294, 'export namespace ways { export const one = 1 }'],
    ['a parameter property', 1294, 'export class One { constructor(readonly id: number) {} }'],
    ['an unchecked index', 2322, 'export const first = (list: string[]): string => list[0]'],
    ['undefined for an optional property', 2375, 'export const one: { at?: number } = { at: undefined }'],
    ['an override that does not say so', 4114, 'class A { go() {} }\nexport class B extends A { go() {} }'],
    [
      'a case that falls through',
      7029,
      'export function f(n: number) { switch (n) { case 1: n++; case 2: return n } return 0 }',
    ],
    ['an implicit any', 7006, 'export const one = (it) => it'],
    ['an unused variable', 6133, 'export function f() { const unused = 1 }'],
  ])('refuse %s', (_, code, text) => {
    expect(complaints(text)).toEqual([code])
  })

  test('accept plain strict TypeScript', () => {
    expect(complaints('export const first = (list: string[]): string | undefined => list[0]')).toEqual([])
  })
})
