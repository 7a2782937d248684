import { describe, expect, test } from 'vitest'
import rules from '../dependency-rules.cjs'
import { cruiseWorkspace } from './cruise.mjs'
import { withWorkspace, type Files } from './fixture.ts'
import { proofs } from './proofs.ts'

async function brokenRules(files: Files): Promise<string[]> {
  const { violations } = await withWorkspace(files, cruiseWorkspace)
  return [...new Set(violations.map(({ rule }) => rule))]
}

describe('the dependency rules', () => {
  test('have a proof each', () => {
    expect(Object.keys(proofs).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort())
  })

  test('accept a workspace that only keeps to the layout', async () => {
    expect(await brokenRules({})).toEqual([])
  })

  for (const [rule, cases] of Object.entries(proofs)) {
    for (const [index, { broken, kept }] of cases.entries()) {
      test(`${rule}: the forbidden import is reported, by this rule alone (${index + 1})`, async () => {
        expect(await brokenRules(broken)).toEqual([rule])
      })

      test(`${rule}: its allowed neighbour is not reported (${index + 1})`, async () => {
        expect(await brokenRules(kept)).toEqual([])
      })
    }
  }
})
