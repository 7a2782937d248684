import { vendorProfileId, vendorProfiles } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'
import { loadWords, t } from '../../lib/words.ts'
import { applyProfile, suggestedFields } from './profile-values.ts'
import './vendor-profile-words.ts'

await loadWords()

const usual = vendorProfiles.other.suggests
const { suggests } = vendorProfiles['rd-gateway']

describe('choosing a vendor profile', () => {
  test('changes what nobody has typed, and says what stood there', () => {
    const { put, before, untouched } = applyProfile(usual, usual, suggests)
    expect(put).toEqual({ canBeChallenged: false, factorMode: 'password-with-code' })
    expect(before).toEqual({ canBeChallenged: true, factorMode: 'automatic' })
    expect(untouched).toEqual(suggests)
  })

  test('leaves alone what somebody has typed, also when another one is chosen after it', () => {
    const typed = { ...usual, factorMode: 'challenge', deviceTimeoutSeconds: 45 }
    const first = applyProfile(typed, usual, suggests)
    expect(first.put).toEqual({ canBeChallenged: false })
    const second = applyProfile({ ...typed, ...first.put }, first.untouched, usual)
    expect(second.put).toEqual({ canBeChallenged: true })
  })

  test('takes back its own values with the next choice', () => {
    const { put, untouched } = applyProfile(usual, usual, suggests)
    expect(applyProfile({ ...usual, ...put }, untouched, usual).put).toEqual({
      canBeChallenged: true,
      factorMode: 'automatic',
    })
  })
})

test.each(vendorProfileId.options.filter((id) => id !== 'other'))('%s explains each of its values', (id) => {
  for (const field of suggestedFields) {
    const key = `vendor-profiles.profile.${id}.${field}`
    expect(t(key), key).not.toBe(key)
  }
})
