import { expect, test } from 'vitest'
import { questionsFor } from './questions-for.ts'

const lists = { en: ['Which street?'], fr: ['Quelle rue ?'], 'pt-BR': ['Qual rua?'] }

test('questions are offered in the first language of the reader that there are some in, English where there are none', () => {
  expect(questionsFor(lists, ['fr-CA', 'en'])).toEqual(['Quelle rue ?'])
  expect(questionsFor(lists, ['de-AT', 'fr'])).toEqual(['Quelle rue ?'])
  expect(questionsFor(lists, ['pt-BR', 'fr'])).toEqual(['Qual rua?'])
  expect(questionsFor(lists, ['pt-PT', 'constructor'])).toEqual(['Which street?'])
})

test('where there is no English either, whichever there is', () => {
  expect(questionsFor({ fr: lists.fr }, ['de'])).toEqual(['Quelle rue ?'])
  expect(questionsFor({}, ['de'])).toEqual([])
})
