/**
 * Takes files of users in: a file is kept sealed, its rows are looked at once somebody said what its columns are, and become users
 * once somebody says yes; both in the background, some at a time. What was under way when the server stopped goes on when it starts.
 */
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { ImportDelimiter, ImportEncoding, ImportPeopleInput, UserImportMapping } from '@sallyport/contract'
import type { Actor, StagedUser, Store, UserImportRecord } from '@sallyport/store'
import type { EngineControl } from '../../../bus/notices.ts'
import type { PeopleInDirectory } from '../../../bus/people-in-directory.ts'
import { ApiProblem, invalidInput } from '../../problems.ts'
import { ImportFault, refuseFile } from '../import-fault.ts'
import { createEncodingGuess } from '../file-text.ts'
import { lookAtPeople } from './from-directory.ts'
import { hashPins, pinsAtOnce } from './hash-pins.ts'
import { lookAtColumns, readUsers } from './look-at-file.ts'

export interface UserImportsOptions {
  readonly store: Pick<Store, 'userImports' | 'oathTokens' | 'company'>
  readonly engine: EngineControl
  readonly people: Pick<PeopleInDirectory, 'count' | 'read'>
  readonly hash: (pin: string) => Promise<string>
  readonly clock: () => Date
  readonly onError: (error: unknown) => void
}

const maximumOctets = 64 * 1024 * 1024
const pieceOctets = 64 * 1024
const rowsAtOnce = 250
const keepMs = 24 * 60 * 60_000
const mostAtOnce = 2
const stoppedFile = 'The server was stopped while the file was looked at: check it again.'

export function createUserImports({ store, engine, people, hash, clock, onError }: UserImportsOptions) {
  const imports = store.userImports
  const running = new Map<string, Promise<void>>()
  let uploading = 0
  const closing = new AbortController()
  const isClosing = () => closing.signal.aborted

  async function keep(id: string, file: Readable): Promise<void> {
    const guess = createEncodingGuess()
    let [octets, number] = [0, 0]
    let rest = Buffer.alloc(0)
    let head: Uint8Array | undefined
    const put = async (piece: Buffer) => {
      head ??= piece
      await imports.addPiece(id, number++, piece)
      // SQLite answers at once: without this nobody else has a turn until all are done.
      await giveWay()
    }
    for await (const piece of file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      octets += piece.length
      if (octets > maximumOctets) throw new ImportFault('too-large', 'The file is larger than 64 MB: split it.')
      guess.add(piece)
      rest = Buffer.concat([rest, piece])
      for (; rest.length >= pieceOctets; rest = rest.subarray(pieceOctets)) await put(rest.subarray(0, pieceOctets))
    }
    if (rest.length > 0) await put(rest)
    if (head === undefined) throw new ImportFault('empty', 'The file is empty.')
    const form = guess.end()
    const { columns } = await lookAtColumns(head, form)
    await imports.uploaded(id, octets, { ...form, fields: columns.map((column) => column.guess), countryCode: '' })
  }

  async function checkAll(id: string, mapping: UserImportMapping): Promise<void> {
    const { pin: pinRules } = await store.company.settings()
    let octets = 0
    let rows: StagedUser[] = []
    const found = readUsers(imports.pieces(id), mapping, pinRules, (count) => (octets += count))
    for await (const row of found) {
      if (isClosing()) return
      rows.push(row)
      if (rows.length < rowsAtOnce) continue
      await imports.stage(id, rows, octets)
      rows = []
      await giveWay()
    }
    if (rows.length > 0) await imports.stage(id, rows, octets)
    await imports.checked(id, null)
  }

  async function check(id: string, mapping: UserImportMapping): Promise<void> {
    try {
      await checkAll(id, mapping)
    } catch (error) {
      if (error instanceof ImportFault) return imports.checked(id, error.message)
      await imports.checked(id, 'The file could not be looked at: the server’s log says why.')
      throw error
    }
  }

  async function takeAll(id: string, actor: Actor): Promise<void> {
    while (!isClosing()) {
      const rows = await imports.waiting(id, rowsAtOnce)
      if (rows.length === 0) return imports.finish(id)
      const hashing = hashPins(rows, hash, { atOnce: pinsAtOnce, signal: closing.signal })
      const withPins = await hashing.catch((error: unknown) => {
        if (isClosing()) return null
        throw error
      })
      if (withPins === null || isClosing()) return
      const added = await imports.take(id, withPins, actor)
      for (const { line, user } of rows) {
        const userId = added.get(line)
        if (userId !== undefined && user.oathToken !== '') await assign(user.oathToken, userId, actor)
      }
      // An engine that does not answer reads everything when it starts again.
      const ids = [...added.values()]
      if (ids.length > 0) await engine.configChanged({ topic: 'users', ids }).catch(onError)
      await giveWay()
    }
  }

  /** A token that is somebody else's stays theirs. */
  async function assign(serialNumber: string, userId: string, actor: Actor): Promise<void> {
    const token = await store.oathTokens.bySerialNumber(serialNumber)
    if (token?.user === null) await store.oathTokens.assignMany([token.id], userId, actor)
  }

  function refuseTooMany(): void {
    if (running.size < mostAtOnce) return
    throw new ApiProblem('too-many-requests', { detail: 'Other files are being read.', retryAfterSeconds: 10 })
  }

  function run(id: string, work: () => Promise<void>): void {
    if (running.has(id) || isClosing()) return
    const ended = work()
      .catch(onError)
      .finally(() => running.delete(id))
    running.set(id, ended)
  }

  async function forgetOld(): Promise<void> {
    const old = new Date(clock().getTime() - keepMs)
    for (const state of ['uploading', 'mapping', 'ready'] as const) {
      for (const id of await imports.inState(state, old)) await imports.discard(id)
    }
  }

  return {
    async upload(id: string, file: Readable): Promise<void> {
      if (uploading >= mostAtOnce) {
        throw new ApiProblem('too-many-requests', { detail: 'Other files are being read.', retryAfterSeconds: 10 })
      }
      const record = await imports.byId(id)
      if (record?.state !== 'uploading' || record.octets > 0 || running.has(id)) {
        throw new ApiProblem('not-found', { detail: 'Nobody said that this file would come, or it is here already.' })
      }
      uploading++
      const kept = keep(id, file)
      running.set(
        id,
        kept.catch(() => undefined),
      )
      try {
        await kept
      } catch (error) {
        await imports.discard(id)
        refuseFile(error)
      } finally {
        uploading--
        running.delete(id)
        file.resume()
      }
    },

    async columns(
      record: UserImportRecord,
      wanted: { readonly encoding?: ImportEncoding | undefined; readonly delimiter?: ImportDelimiter | undefined },
    ) {
      const form = {
        encoding: wanted.encoding ?? record.mapping.encoding,
        delimiter: wanted.delimiter ?? record.mapping.delimiter,
      }
      for await (const head of imports.pieces(record.id)) return { ...form, ...(await lookAtColumns(head, form)) }
      throw new ApiProblem('not-found', { detail: 'The file is not kept any more.' })
    },

    async check(id: string, mapping: UserImportMapping): Promise<void> {
      refuseTooMany()
      if (!(await imports.beginCheck(id, mapping))) {
        throw invalidInput({ path: '', message: 'This file is being read, or was taken already.' })
      }
      run(id, () => check(id, mapping))
    },

    /** @returns the id of the import, whose people are looked at from now on */
    async fromDirectory(input: ImportPeopleInput, fileName: string, actor: Actor): Promise<string> {
      refuseTooMany()
      const id = randomUUID()
      await imports.createSearch({ id, fileName }, actor)
      run(id, () => lookAtPeople({ imports, people, isClosing }, id, input))
      return id
    },

    async take(id: string, actor: Actor): Promise<void> {
      if (!(await imports.begin(id, actor)) && (await imports.byId(id))?.state !== 'importing') {
        throw new ApiProblem('not-found', { detail: 'This import is not ready any more: choose the file again.' })
      }
      run(id, () => takeAll(id, actor))
    },

    async resume(): Promise<void> {
      for (const id of await imports.inState('uploading')) await imports.discard(id)
      await forgetOld()
      for (const id of await imports.inState('checking')) {
        const isFile = (await imports.byId(id))?.source === 'file'
        await imports.checked(id, isFile ? stoppedFile : 'The server was stopped meanwhile: search again.')
      }
      for (const id of await imports.inState('importing')) {
        const record = await imports.byId(id)
        const actor = { id: null, name: record?.administrator ?? '', address: null }
        run(id, () => takeAll(id, actor))
      }
    },

    forgetOld,

    async close(): Promise<void> {
      closing.abort()
      await Promise.all(running.values())
    },
  }
}
