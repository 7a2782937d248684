import { Client, Control, InsufficientAccessError, InvalidCredentialsError } from 'ldapts'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'

import { startSampleDirectory, type SampleDirectory } from './sample-directory.ts'
import { samplePeople } from './sample-people.ts'

let directory: SampleDirectory
let client: Client

beforeAll(async () => {
  directory = await startSampleDirectory(samplePeople, 'query-password')
})
afterAll(() => directory.close())
beforeEach(() => {
  client = new Client({ url: directory.url, timeout: 5_000 })
})
afterEach(() => client.unbind())

const dnOf = (username: string) => `uid=${username},${directory.baseDn}`

describe('a bind', () => {
  test('may ask for the password policy, as our directory client does', async () => {
    await client.bind(dnOf('amber'), 'sesame-amber', new Control('1.3.6.1.4.1.42.2.27.8.5.1'))
  })

  test('takes each person’s own password', async () => {
    for (const { username, password } of samplePeople) await client.bind(dnOf(username), password)
  })

  test.each([
    ['a wrong password', 'amber', 'sesame-birch'],
    ['an empty password', 'amber', ''],
    ['nobody it knows', 'nobody', 'sesame-amber'],
  ])('refuses %s', async (_, username, password) => {
    await expect(client.bind(dnOf(username), password)).rejects.toBeInstanceOf(InvalidCredentialsError)
  })
})

describe('a search', () => {
  const find = async (filter: string, options: { sizeLimit?: number; scope?: 'base' | 'one' | 'sub' } = {}) => {
    await client.bind(directory.query.dn, directory.query.password)
    const { searchEntries } = await client.search(directory.baseDn, { filter, scope: 'sub', ...options })
    return searchEntries
  }

  test('finds a person by uid or mail, in any case', async () => {
    const found = await find('(uid=Amber)')
    expect(found).toMatchObject([{ dn: dnOf('amber'), mail: 'amber@example.com', givenname: 'Amber' }])
    expect(found[0]).not.toHaveProperty('userPassword')
    expect(await find('(mail=BIRCH@example.com)')).toMatchObject([{ dn: dnOf('birch') }])
    expect(await find('(&(objectClass=inetOrgPerson)(|(uid=fern)(mail=fern@example.com)))')).toHaveLength(1)
  })

  test('finds all dozen, and nobody where nobody fits', async () => {
    expect(await find('(uid=*)')).toHaveLength(12)
    expect(await find('(uid=nobody)')).toEqual([])
    expect(await find(String.raw`(uid=\2a)`)).toEqual([])
  })

  test('stays within its scope and its size', async () => {
    expect(await find('(objectClass=*)', { scope: 'base' })).toMatchObject([{ dn: directory.baseDn }])
    expect(await find('(objectClass=*)', { scope: 'one' })).toHaveLength(12)
    expect(await find('(uid=*)', { sizeLimit: 3 })).toHaveLength(3)
  })

  test('is for the query account alone', async () => {
    await client.bind(dnOf('amber'), 'sesame-amber')
    const search = client.search(directory.baseDn, { filter: '(uid=*)' })
    await expect(search).rejects.toBeInstanceOf(InsufficientAccessError)
  })
})
