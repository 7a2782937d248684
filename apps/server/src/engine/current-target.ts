/** The target that checks passwords now: made from what is saved, and let go of once another has taken its place. */
import { join } from 'node:path'

import type { TargetKind } from '@sallyport/contract'
import type { EngineReader } from '@sallyport/store/engine'

import { createBuiltInPrimary, type BuiltInNeeds } from '../access/primary/built-in.ts'
import { createLdapPrimary } from '../access/primary/ldap.ts'
import { createRadiusPrimary } from '../access/primary/radius.ts'
import { createWindowsDomainPrimary } from '../access/primary/windows-domain.ts'
import type { PrimaryTarget } from '../access/primary-target.ts'
import { systemLookUp } from '../radius-servers/host-address.ts'
import { createSrvResolver } from '../windows-domain/controllers.ts'
import { createNtlmAuth } from '../windows-domain/ntlm-auth.ts'
import { createNtlmChange } from '../windows-domain/ntlm-change.ts'

export interface CurrentTargetOptions extends Pick<BuiltInNeeds, 'passwords' | 'users'> {
  readonly reader: EngineReader
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Where Samba's ntlm_auth is. */
  readonly sambaFolder: string
  /** Whether people's groups are to be read with their names. */
  readonly needGroups: () => boolean
  /** A RADIUS server has sent a valid Message-Authenticator. */
  readonly onProven: (serverId: string, atMs: number) => void
  readonly onError: (error: unknown, where: string) => void
}

export interface CurrentTarget {
  /** Undefined where none was chosen. */
  get(): PrimaryTarget | undefined
  /** Takes what is saved now. */
  load(): void
  close(): Promise<void>
}

/** No device waits longer. */
const retireWithinMs = 300_000
const retireLookMs = 500

export function createCurrentTarget(options: CurrentTargetOptions): CurrentTarget {
  const { reader, users, passwords, clock, sambaFolder, needGroups, onProven, onError } = options
  let target: PrimaryTarget | undefined

  const makers: Record<TargetKind, () => PrimaryTarget | undefined> = {
    none: () => undefined,
    ldap: () => createLdapPrimary(reader.ldap(), clock, needGroups()),
    radius: () => createRadiusPrimary(() => reader.radiusTarget(), { clock, lookUp: systemLookUp, onProven }),
    'windows-domain': () =>
      createWindowsDomainPrimary({
        settings: reader.windowsDomain(),
        resolver: createSrvResolver(),
        withGroups: needGroups(),
        ntlmAuth: createNtlmAuth({ command: join(sambaFolder, 'ntlm_auth'), clock }),
        ntlmChange: createNtlmChange({ command: join(sambaFolder, 'ntlm_auth'), clock }),
        sealing: reader,
        clock,
      }),
    'built-in': () => createBuiltInPrimary({ reader, users, passwords, clock }),
  }

  /** What is under way at a target that is not the target any more ends there. */
  function retire(old: PrimaryTarget, untilMs = clock() + retireWithinMs): void {
    if ((old.underWay ?? 0) > 0 && clock() < untilMs) setTimeout(() => retire(old, untilMs), retireLookMs).unref()
    else old.close().catch((error: unknown) => onError(error, 'target'))
  }

  return {
    get: () => target,
    load() {
      const before = target
      const { kind } = reader.target()
      if (before?.kind === kind && before.apply) {
        before.apply()
        return
      }
      target = makers[kind]()
      if (before) retire(before)
    },
    async close() {
      await target?.close()
    },
  }
}
