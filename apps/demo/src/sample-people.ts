/** The people of the sample site: plants and stones for names, so that nobody can be mistaken for somebody. */

/**
 * What a person is there to show: `token` signs in with password and code; `no-token` and `disabled` are refused by
 * Sallyport, `not-a-user` is in the directory alone.
 */
export type Part = 'token' | 'no-token' | 'disabled' | 'not-a-user'

export interface SamplePerson {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  /** In the directory; Sallyport never learns it but to check it there. */
  readonly password: string
  readonly part: Part
}

const parts: Readonly<Record<string, Part>> = {
  amber: 'token',
  birch: 'token',
  cedar: 'token',
  clover: 'token',
  fern: 'token',
  hazel: 'token',
  ivy: 'token',
  juniper: 'token',
  laurel: 'token',
  maple: 'no-token',
  rowan: 'disabled',
  willow: 'not-a-user',
}

export const samplePeople: readonly SamplePerson[] = Object.entries(parts).map(([username, part]) => ({
  username,
  firstName: username.charAt(0).toUpperCase() + username.slice(1),
  lastName: 'Sample',
  email: `${username}@example.com`,
  password: `sesame-${username}`,
  part,
}))

/** Whether Sallyport gives this person a token. */
export function hasToken({ part }: SamplePerson): boolean {
  return part === 'token' || part === 'disabled'
}
