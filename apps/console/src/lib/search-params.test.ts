import { describe, expect, it } from 'vitest'
import { choiceParam, idParam, textParam, timeParam } from './search-params.ts'

describe('search parameters of lists', () => {
  it('keep a number that somebody searched for as text', () => {
    expect(textParam.parse(1234)).toBe('1234')
    expect(textParam.parse('ali')).toBe('ali')
  })

  it('forget what makes no sense instead of failing the page', () => {
    expect(textParam.parse({ a: 1 })).toBeUndefined()
    expect(choiceParam(['on', 'off']).parse('sideways')).toBeUndefined()
    expect(idParam.parse('1')).toBeUndefined()
    expect(timeParam.parse('yesterday')).toBeUndefined()
  })
})
