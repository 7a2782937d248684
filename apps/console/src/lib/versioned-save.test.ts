import { expect, test, vi } from 'vitest'
import { ApiProblem } from './api.ts'
import { attemptSave, followed } from './versioned-save.ts'
import { loadWords } from './words.ts'

await loadWords()

const formWith = (setError = vi.fn()) => ({ getValues: (() => ({ name: '', host: '' })) as never, setError })
const refused = (...paths: string[]) =>
  new ApiProblem({
    code: 'invalid-input',
    title: 'Wrong.',
    status: 400,
    errors: paths.map((path) => ({ path, message: `${path} cannot stay so.` })),
  })

test('a save that works leaves nothing to say', async () => {
  const act = vi.fn(() => Promise.resolve())
  expect(await attemptSave(formWith(), act)).toEqual({ problem: undefined, conflict: false, wrong: [] })
  expect(act).toHaveBeenCalledOnce()
})

test('whoever saves second is told of the other, not of a failure', async () => {
  const changed = new ApiProblem({ code: 'changed-meanwhile', title: 'Changed.', status: 409, detail: 'Changed.' })
  expect(await attemptSave(formWith(), () => Promise.reject(changed))).toEqual({
    problem: undefined,
    conflict: true,
    wrong: [],
  })
})

test('what the server refuses stands beside its field, and the fields are named', async () => {
  const setError = vi.fn()
  const outcome = await attemptSave(formWith(setError), () => Promise.reject(refused('host')))
  expect(outcome).toEqual({ problem: undefined, conflict: false, wrong: ['host'] })
  expect(setError).toHaveBeenCalledWith('host', expect.objectContaining({ type: 'server' }), { shouldFocus: true })
})

test('what has no field, or no answer, is said above the form', async () => {
  expect((await attemptSave(formWith(), () => Promise.reject(refused('id')))).problem).toBe('id cannot stay so.')
  const lost = await attemptSave(formWith(), () => Promise.reject(new Error('lost')))
  expect(lost).toMatchObject({ conflict: false, wrong: [] })
  expect(lost.problem).toMatch(/Reload/)
})

interface State {
  readonly version: number
  readonly name: string
}
const isSame = (one: State, other: State) => one.name === other.name
const over = (current: State, isDirty: boolean) =>
  followed<State>({ base: { version: 1, name: 'a' }, current, isDirty, isSame })

test('a save elsewhere that touched none of the form’s fields is no conflict, whatever was typed', () => {
  expect(over({ version: 2, name: 'a' }, false)).toBe('version')
  expect(over({ version: 2, name: 'a' }, true)).toBe('version')
})

test('a save of the same fields is shown where nothing was typed, and left to the save to tell where something was', () => {
  expect(over({ version: 2, name: 'b' }, false)).toBe('restart')
  expect(over({ version: 2, name: 'b' }, true)).toBe('keep')
})

test('the same version changes nothing', () => {
  expect(over({ version: 1, name: 'a' }, false)).toBe('keep')
})
