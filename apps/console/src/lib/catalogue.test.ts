import { expect, test } from 'vitest'
import { createCatalogue } from './catalogue.ts'

const catalogue = createCatalogue('de')
catalogue.add({
  users: { title: 'Benutzer', left_one: 'Noch {{count}} Code', left_other: 'Noch {{count}} Codes', hint: '{{to}} an' },
})
catalogue.add({ took: { rounds_zero: '', rounds_other: 'in {{count}} Runden' } })

test('a text is found by its path, and a key without one stands for itself', () => {
  expect(catalogue.text('users.title')).toBe('Benutzer')
  expect(catalogue.text('users.other')).toBe('users.other')
  expect(catalogue.text('users')).toBe('users')
  expect(catalogue.text('users.constructor.name')).toBe('users.constructor.name')
})

test('a number chooses between none, one and many; a text that counts does not', () => {
  expect([0, 1, 2].map((count) => catalogue.text('users.left', { count }))).toEqual([
    'Noch 0 Codes',
    'Noch 1 Code',
    'Noch 2 Codes',
  ])
  expect([0, 1].map((count) => catalogue.text('took.rounds', { count }))).toEqual(['', 'in 1 Runden'])
  expect(catalogue.text('users.hint', { count: '1.000' })).toBe('{{to}} an')
})

test('what is filled in is not filled in again', () => {
  expect(catalogue.text('users.hint', { to: '{{count}} $1 $&', count: 3 })).toBe('{{count}} $1 $& an')
})
