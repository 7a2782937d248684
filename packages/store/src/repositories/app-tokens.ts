/** The token of a mobile app: what makes the codes that it shows without a network. */
import { randomUUID } from 'node:crypto'
import type { RegisterDevice } from '../app-types.ts'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'
import { usernameKey } from '../username-key.ts'
import type { Transaction } from './context.ts'

export interface Adding {
  readonly tx: Transaction
  readonly sealer: Pick<Sealer, 'seal'>
  readonly now: Date
}

/** @param usedStep the step whose code was spent to confirm it; answers the token's id */
export async function addAppToken(
  { tx, sealer, now }: Adding,
  token: RegisterDevice['token'],
  userId: string,
  usedStep: number | null = null,
): Promise<string> {
  const id = randomUUID()
  await tx.oathToken.create({
    data: {
      ...{ id, userId, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 },
      ...{ serialNumber: token.serialNumber, serialNumberKey: usernameKey(token.serialNumber) },
      ...{ manufacturer: token.manufacturer, model: token.model },
      sealedSecret: sealer.seal(token.secret, places.tokenSecret(id)),
      ...{ lastUsedStep: usedStep, createdAt: now, updatedAt: now },
    },
  })
  return id
}
