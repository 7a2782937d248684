import { signInReason, signInResult, stageName } from '@sallyport/contract'
import { describe, expect, it } from 'vitest'
import english from '../../words/en/sign-ins.json' with { type: 'json' }
import { loadWords } from '../words.ts'
import { settingOfReason } from './reason-settings.ts'
import { factName, reasonFix, reasonText, reasonTitle, stageText } from './sign-in-words.ts'

await loadWords()

const signIn = {
  username: 'Alice',
  user: { id: '8a0d6a6e-64f4-4a8c-9f0e-4a5f0d0f4a11', username: 'alice' },
  client: { id: '3a0d6a6e-64f4-4a8c-9f0e-4a5f0d0f4a12', name: 'Office VPN' },
  clientAddress: '192.0.2.7',
}

describe('the words of a sign-in', () => {
  it('have a title and an explanation for every reason of the contract, and no others', () => {
    expect(Object.keys(english.reason).sort()).toEqual([...signInReason.options].sort())
    for (const reason of signInReason.options) {
      const words = english.reason[reason]
      expect(words.title, reason).toMatch(/^[A-Z].+/)
      expect(words.text, reason).toMatch(/^(\p{Lu}|\{\{).+\.$/u)
      expect(words.fix, reason).toMatch(/^$|^.+\.$/)
    }
  })

  it('have a name for every result and every stage', () => {
    expect(Object.keys(english.result).sort()).toEqual([...signInResult.options].sort())
    expect(Object.keys(english.stage).sort()).toEqual([...stageName.options].sort())
    expect(stageText('second-factor')).toBe('Second factor')
  })

  it('ask about the shared secret, with the name of the client and what to do', () => {
    const garbled = { ...signIn, reason: 'wrong-shared-secret' as const }
    expect(reasonTitle('wrong-shared-secret')).toBe('Wrong shared secret?')
    expect(reasonText(garbled)).toContain('Office VPN')
    expect(reasonFix(garbled)).toContain('same secret')
  })

  it('leave no placeholder unfilled', () => {
    for (const reason of signInReason.options) {
      expect(reasonText({ ...signIn, reason }) + reasonFix({ ...signIn, reason })).not.toContain('{{')
    }
  })

  it('let a fact that they do not know stand for itself', () => {
    expect(factName('tries-left')).toBe('Tries left')
    expect(factName('Cisco-AVPair')).toBe('Cisco-AVPair')
  })
})

describe('the setting behind a reason', () => {
  it('is the client where its shared secret or its user match decided', () => {
    const link = { to: '/radius-authentication', search: { client: signIn.client.id } }
    expect(settingOfReason({ ...signIn, reason: 'wrong-shared-secret' })?.link).toEqual(link)
    expect(settingOfReason({ ...signIn, reason: 'unmatched-user' })?.link).toEqual(link)
  })

  it('is the directory where its settings do not work', () => {
    expect(settingOfReason({ ...signIn, reason: 'target-misconfigured' })?.link.to).toBe('/directory-integration')
  })

  it('is nothing where the client or the user does not exist any more', () => {
    expect(settingOfReason({ ...signIn, client: null, reason: 'wrong-shared-secret' })).toBeNull()
    expect(settingOfReason({ ...signIn, user: null, reason: 'user-disabled' })).toBeNull()
  })
})
