/** Asks a Windows domain about one name and password by the machine's own DNS: a process of its own, so that a test can choose that DNS. */
import { json } from 'node:stream/consumers'

import type { WindowsDomainSettings } from '@sallyport/store/engine'

import { createWindowsDomainPrimary } from '../../access/primary/windows-domain.ts'
import type { PrimaryQuestion } from '../../access/primary-target.ts'
import { createSrvResolver } from '../../windows-domain/controllers.ts'
import { createNtlmAuth } from '../../windows-domain/ntlm-auth.ts'
import { createNtlmChange } from '../../windows-domain/ntlm-change.ts'

const asked = (await json(process.stdin)) as {
  readonly settings: WindowsDomainSettings
  readonly username: string
  readonly passwords: readonly string[]
}
const clock = Date.now
const samba = { command: '/nonexistent', clock }
const sealing = { sealPasswordChange: (_: string, change: string) => change, unsealPasswordChange: () => '' }
const target = createWindowsDomainPrimary({
  ...{ settings: asked.settings, resolver: createSrvResolver(), withGroups: false, clock, sealing },
  ntlmAuth: createNtlmAuth(samba),
  ntlmChange: createNtlmChange(samba),
})
const outcomes = []
for (const password of asked.passwords) {
  const { username } = asked
  const question: Omit<PrimaryQuestion, 'request'> = {
    ...{ username, password, method: 'pap', relay: null, deadlineMs: clock() + 15_000 },
  }
  // PAP reads nothing of the packet itself.
  outcomes.push(await target.check(question as PrimaryQuestion))
}
process.stdout.write(JSON.stringify({ outcomes, servers: target.health().map(({ server }) => server) }))
await target.close()
