/** The Windows domain's settings. */
import { appendAudit } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { places } from '../sealing/places.ts'
import type { SettingName } from '../settings-values.ts'
import type { WindowsDomainRepository, WindowsDomainSettings } from '../types.ts'
import { windowsDomainJson, windowsDomainSettings } from '../windows-domain-values.ts'
import { changedMeanwhile, done, type Context, type Transaction } from './context.ts'

const name: SettingName = 'windows-domain'

export function createWindowsDomainRepository({ prisma, sealer, clock }: Context): WindowsDomainRepository {
  const read = async (from: Pick<Transaction, 'setting'>) =>
    windowsDomainSettings((await from.setting.findUnique({ where: { name } })) ?? undefined, sealer)
  return {
    settings: () => read(prisma),
    changeSettings: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const current = await read(tx)
        if (current.version !== input.version) return changedMeanwhile(current)
        const { password } = input.account
        const data = {
          value: windowsDomainJson(input),
          sealed: sealer.seal(password, places.setting(name)),
          version: input.version + 1,
          updatedAt: clock(),
        }
        await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data })
        const saved = await read(tx)
        const secret = current.account.password === password ? {} : { bindPassword: secretChanged }
        await appendAudit(tx, clock(), actor, {
          action: 'changed',
          subjectKind: 'windows-domain',
          subjectId: null,
          subjectName: null,
          ...differences(audited(current), { ...audited(saved), ...secret }),
        })
        return done(saved)
      }),
  }
}

function audited({
  account,
  domain,
  netbiosName,
  controllers,
  tls,
  caPem,
  mschapV2,
}: WindowsDomainSettings): AuditFields {
  return { domain, netbiosName, controllers, tls, caPem, mschapV2, account: account.username }
}
