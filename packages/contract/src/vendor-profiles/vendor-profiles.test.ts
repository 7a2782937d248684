import { expect, test } from 'vitest'
import { changeRadiusClientInput } from '../radius.ts'
import { vendorProfiles } from './index.ts'

const values = changeRadiusClientInput.pick({
  canBeChallenged: true,
  factorMode: true,
  messageAuthenticator: true,
  deviceTimeoutSeconds: true,
})

test.each(Object.entries(vendorProfiles))('%s suggests values that a client can have', (id, profile) => {
  expect(values.parse(profile.suggests)).toEqual(profile.suggests)
  // A device that cannot be challenged must not be set to be.
  if (!profile.suggests.canBeChallenged) expect(profile.suggests.factorMode).toBe('password-with-code')
  if (id === 'other') return
  expect(profile.deviceSettings).not.toEqual([])
  for (const source of profile.sources) expect(new URL(source).protocol).toBe('https:')
})
