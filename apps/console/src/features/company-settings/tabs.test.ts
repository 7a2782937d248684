import { companyDefaults } from '@sallyport/contract'
import { expect, test } from 'vitest'
import { tabOf } from './tabs.ts'

test('every setting has its tab, so that an error is shown where its field is', () => {
  const tabs = Object.keys(companyDefaults).map((name) => [name, tabOf(name)])
  expect(Object.fromEntries(tabs)).toMatchObject({
    methods: 'general',
    language: 'general',
    whenFactorOff: 'general',
    pin: 'pin',
    lockout: 'lockout',
    fraud: 'lockout',
    messages: 'messages',
  })
})

test('a dotted path is on the tab of its setting', () => {
  expect(tabOf('messages.de.textCode')).toBe('messages')
  expect(tabOf('fraud.phoneCode')).toBe('lockout')
})
