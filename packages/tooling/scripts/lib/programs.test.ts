import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { complaint, programs } from './programs.mjs'
import { root } from './workspace.mjs'

describe('the programs that tests talk to', () => {
  test('each name suites that exist', () => {
    for (const suite of programs.flatMap(({ suites }) => suites)) expect(existsSync(join(root, suite))).toBe(true)
  })

  test('are named with their Debian package and the suites that fail for want of them', () => {
    const absent = [{ name: 'oathtool', debian: 'oathtool', command: 'oathtool', suites: ['apps/server', 'e2e'] }]
    expect(complaint(absent)).toContain('oathtool (Debian: oathtool): apps/server, e2e will fail')
  })
})
