import { expect, test } from 'vitest'
import { ApiProblem } from './api.ts'
import { applyProblem } from './forms.ts'
import { loadWords } from './words.ts'

await loadWords()

/** A form with these values, and the errors that were put beside its fields. */
function formWith(values: Record<string, unknown>) {
  const shown: Record<string, string | undefined> = {}
  return {
    shown,
    form: {
      getValues: (() => values) as never,
      setError: (name: string, error: { message?: string }) => {
        shown[name] = error.message
      },
    },
  }
}

function problemAt(...paths: string[]) {
  return new ApiProblem({
    code: 'invalid-input',
    title: 'Wrong.',
    status: 400,
    errors: paths.map((path) => ({ path, message: `${path} cannot stay so.` })),
  })
}

test('the server’s field errors stand beside their fields, in lists too', () => {
  const { form, shown } = formWith({ address: '', servers: [{ url: 'a' }, { url: 'b' }] })
  expect(applyProblem(form, problemAt('address', 'servers.1.url'))).toBeUndefined()
  expect(shown).toEqual({ address: 'address cannot stay so.', 'servers.1.url': 'servers.1.url cannot stay so.' })
})

test('an error below a field stands beside the nearest field above', () => {
  const { form, shown } = formWith({ servers: [{ url: 'a' }] })
  expect(applyProblem(form, problemAt('servers.3.url'))).toBeUndefined()
  expect(shown).toEqual({ servers: 'servers.3.url cannot stay so.' })
})

test('what has no field here is returned, for the top of the form', () => {
  const { form, shown } = formWith({ address: '' })
  expect(applyProblem(form, problemAt('address', 'version'))).toBe('version cannot stay so.')
  expect(Object.keys(shown)).toEqual(['address'])
})

test('a problem without fields is said in words', () => {
  const { form } = formWith({})
  expect(applyProblem(form, new ApiProblem({ code: 'not-allowed', title: 'No.', status: 403 }))).toMatch(/role/)
  expect(applyProblem(form, new Error('boom'))).toMatch(/Reload/)
})
