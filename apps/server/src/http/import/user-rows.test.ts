import { describe, expect, test } from 'vitest'
import { readUserRows } from './user-rows.ts'

const empty = {
  ...{ firstName: '', lastName: '', email: '', description: '', enabled: true },
  ...{ factorMethods: [], phone: '', phoneExtension: '', backupPhone: '', backupExtension: '' },
  ...{ callMode: null, textMode: null, textWithPin: null, appMode: null, language: '' },
}

describe('users from CSV', () => {
  test.each([
    ['commas', 'username,lastName\nann,Ex\n'],
    ['semicolons', 'username;lastName\nann;Ex\n'],
    ['a byte order mark', '\uFEFFusername,lastName\nann,Ex\n'],
    ['CRLF', 'username,lastName\r\nann,Ex\r\n'],
    ['capitals and spaces in the header', 'LAST NAME,User_Name\nEx,ann\n'],
    ['no line break at the end', 'username,lastName\nann,Ex'],
    ['quotes', '"username","lastName"\n"ann","Ex"\n'],
    ['empty lines', '\n\nusername,lastName\n\nann,Ex\n\n'],
    ['spaces around fields', 'username , lastName\n ann , Ex \n'],
  ])('are read with %s', async (_, csv) => {
    const { rows, problems } = await readUserRows(csv)
    expect(problems).toEqual([])
    expect(rows.map(({ fields }) => fields)).toEqual([{ ...empty, username: 'ann', lastName: 'Ex' }])
  })

  test('count lines as an editor does, also after empty lines', async () => {
    const { rows } = await readUserRows('username,description\nann,a\n\nbert,b\n')
    expect(rows.map(({ line }) => line)).toEqual([2, 4])
  })

  test('refuse a line break inside a field by the line it begins on', async () => {
    const { problems } = await readUserRows('username,description\nann,"two\nlines"\nbert,\n')
    expect(problems).toEqual([
      { line: 2, column: 'description', message: 'Control characters (tabs, line breaks) cannot be used here.' },
    ])
  })

  test.each([
    ['', 1, null, /empty/],
    ['\n\n', 1, null, /empty/],
    ['name,email\n', 1, 'name', /not known/],
    ['email\na@example.com\n', 1, 'username', /needs a column/],
    ['username,Username\n', 1, 'Username', /twice/],
    ['username,email\nann\n', 2, null, /1 fields, the header 2/],
    ['username,email\nann,a@example.com,x\n', 2, null, /3 fields, the header 2/],
    ['username,enabled\nann,maybe\n', 2, 'enabled', /true or false/],
    ['username\nann\n""\n', 3, 'username', /Enter the name/],
    ['username\n\u200b\n', 2, 'username', /letters or digits/],
    ['username,email\nann,"a@example.com\nbert,\n', 2, null, /never closed/],
    ['username,email\nann,a"b\n', 2, null, /"/],
    ['username\nann\nM\uFFFDller\n', 3, null, /UTF-8/],
    ['u\0s\0e\0r\0n\0a\0m\0e\0', 1, null, /UTF-8/],
    ['PK\u0003\u0004nonsense', 1, 'PK\u0003\u0004nonsense', /not known/],
  ])('%j is refused at line %i', async (csv, line, column, message) => {
    const { problems } = await readUserRows(csv)
    expect(problems).toMatchObject([{ line, column }])
    expect(problems[0]?.message).toMatch(message)
  })
})
