import { companyDefaults, type CompanyView } from '@sallyport/contract'
import { expect, test } from 'vitest'
import { companyBody, companyValues } from './company-values.ts'

const fraudMail = { lastSentAt: null, waiting: 0, problem: null }
const view: CompanyView = { ...companyDefaults, version: 7, factorOff: 3, fraudMail }

test('what nobody touched is saved as it was', () => {
  const messages = { de: { textCode: 'Code <$otp$>' }, 'fr-CH': { emailSubject: 'Votre code' } }
  expect(companyBody(companyValues({ ...view, messages }), 7)).toEqual({ ...companyDefaults, messages, version: 7 })
})

test('every language has a place for each of its texts', () => {
  expect(companyValues(view).messages).toEqual({
    en: { textCode: '', textReply: '', emailSubject: '', emailCode: '' },
    de: { textCode: '', textReply: '', emailSubject: '', emailCode: '' },
  })
})

test('a text that was emptied is none, and what the product says stands again', () => {
  const values = companyValues({ ...view, messages: { en: { textCode: 'Code <$otp$>', emailSubject: 'Code' } } })
  const emptied = { ...values, messages: { ...values.messages, en: { textCode: ' ', emailSubject: 'Code' } } }
  expect(companyBody(emptied, 8)).toMatchObject({ messages: { en: { emailSubject: 'Code' } }, version: 8 })
  expect(companyBody(emptied, 8).messages['en']).not.toHaveProperty('textCode')
})
