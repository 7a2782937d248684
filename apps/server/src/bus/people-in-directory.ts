/** The people of the directory, as whoever looks for them or imports them sees them. */
import type { PeopleChoice, PeopleSearch, SyncReason } from '@sallyport/contract'
import type { DirectoryEntry } from '@sallyport/directory'
import type { StagedPerson } from '@sallyport/store/directory-sync'

/** A person, or why an entry can be nobody. */
export type ReadPerson =
  StagedPerson | { readonly refused: { readonly dn: string; readonly username: string; readonly reason: SyncReason } }

export interface PeopleInDirectory {
  /** @throws LdapFailure; undefined where the cursor is too old or another search’s */
  page(
    search: PeopleSearch,
    cursor: string | undefined,
  ): Promise<
    | {
        readonly people: readonly { readonly entry: DirectoryEntry; readonly person: ReadPerson }[]
        readonly nextCursor: string | null
      }
    | undefined
  >
  /** Counts no further than a limit. @throws LdapFailure */
  count(search: PeopleSearch): Promise<{ readonly count: number; readonly isAll: boolean }>
  /** All who were chosen, piece by piece; `countryCode` goes before numbers that say no country. @throws LdapFailure */
  read(whom: PeopleChoice, countryCode: string): AsyncIterable<readonly ReadPerson[]>
}
