/** Puts down rows of a file of tokens: their keys sealed for the tokens that they become, those that cannot be taken refused. */
import { randomUUID } from 'node:crypto'
import type { ImportReason } from '@sallyport/contract'
import { places } from '../sealing/places.ts'
import type { ImportedToken, StagedRow } from '../types.ts'
import { accountPart, usernameKey } from '../username-key.ts'
import type { Context, Transaction } from './context.ts'

export async function stageRows(context: Context, importId: string, rows: readonly StagedRow[]): Promise<void> {
  const { prisma } = context
  await prisma.$transaction(async (tx) => {
    const keys = rows.map(({ serialNumber }) => usernameKey(serialNumber))
    const asked = JSON.stringify(keys)
    const here = keysOf(
      await tx.$queryRaw<Keyed[]>`
        SELECT serialNumberKey FROM OathToken WHERE serialNumberKey IN (SELECT value FROM json_each(${asked}))`,
    )
    const inFile = keysOf(
      await tx.$queryRaw<Keyed[]>`
        SELECT serialNumberKey FROM OathImportRow WHERE importId = ${importId} AND tokenId IS NOT NULL
          AND serialNumberKey IN (SELECT value FROM json_each(${asked}))`,
    )
    const users = await usersNamed(tx, rows)
    const data = rows.map((row, at) => {
      const { number, serialNumber, upn, token, field } = row
      const key = keys[at] ?? ''
      const reason = row.reason ?? reasonAgainst(key, token, here, inFile, context.clock())
      const known = { number, serialNumber, key, upn }
      if (token === null || reason !== null) return { ...known, outcome: 'refused', reason, field }
      inFile.add(key)
      const userId = users.get(upn) ?? null
      const remark = upn !== '' && userId === null ? 'user-unknown' : null
      return { ...known, outcome: 'good', reason: remark, ...columnsOf(context, token), userId }
    })
    await insertRows(tx, importId, data)
    const good = data.filter(({ outcome }) => outcome === 'good').length
    await tx.oathImport.update({
      where: { id: importId },
      data: { good: { increment: good }, refused: { increment: data.length - good } },
    })
  })
}

/** One statement of SQL: Prisma takes twenty times as long to put its own together. */
async function insertRows(tx: Transaction, importId: string, data: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO OathImportRow (importId, number, serialNumber, serialNumberKey, upn, outcome, reason, field, tokenId,
      sealedSecret, type, algorithm, digits, stepSeconds, manufacturer, model, userId, lastUsedStep, notBefore, notAfter)
    SELECT ${importId}, value ->> 'number', value ->> 'serialNumber', value ->> 'key', value ->> 'upn', value ->> 'outcome',
      value ->> 'reason', value ->> 'field', value ->> 'tokenId', value ->> 'sealedSecret', value ->> 'type',
      value ->> 'algorithm', value ->> 'digits', value ->> 'stepSeconds', value ->> 'manufacturer', value ->> 'model',
      value ->> 'userId', value ->> 'lastUsedStep', value ->> 'notBefore', value ->> 'notAfter'
    FROM json_each(${JSON.stringify(data)})`
}

interface Keyed {
  readonly serialNumberKey: string
}

function keysOf(rows: readonly Keyed[]): Set<string> {
  return new Set(rows.map(({ serialNumberKey }) => serialNumberKey))
}

function reasonAgainst(
  key: string,
  token: ImportedToken | null,
  here: ReadonlySet<string>,
  inFile: ReadonlySet<string>,
  now: Date,
): ImportReason | null {
  // Nothing of the serial number is left when it is compared.
  if (key === '') return 'no-serial-number'
  if (here.has(key)) return 'already-there'
  if (inFile.has(key)) return 'duplicate-in-file'
  return token?.notAfter && token.notAfter < now ? 'expired' : null
}

/** By the whole name, or else without its domain, as sign-ins are matched. */
async function usersNamed(tx: Transaction, rows: readonly StagedRow[]): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(rows.map(({ upn }) => upn))].filter((upn) => upn !== '')
  const keys = names.flatMap((name) => [usernameKey(name), usernameKey(accountPart(name))])
  const users = await tx.user.findMany({
    where: { usernameKey: { in: keys } },
    select: { id: true, usernameKey: true },
  })
  const byKey = new Map(users.map(({ id, usernameKey: key }) => [key, id]))
  return new Map(
    names.flatMap((name): [string, string][] => {
      const id = byKey.get(usernameKey(name)) ?? byKey.get(usernameKey(accountPart(name)))
      return id === undefined ? [] : [[name, id]]
    }),
  )
}

function columnsOf({ sealer }: Context, token: ImportedToken) {
  const { type, algorithm, digits, stepSeconds, manufacturer, model, lastUsedStep, notBefore, notAfter } = token
  const tokenId = randomUUID()
  return {
    ...{ tokenId, type, algorithm, digits, stepSeconds, manufacturer, model, lastUsedStep },
    ...{ notBefore: notBefore?.getTime() ?? null, notAfter: notAfter?.getTime() ?? null },
    sealedSecret: sealer.seal(token.secret, places.tokenSecret(tokenId)),
  }
}
