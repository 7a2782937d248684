/** The certificates of console and portal: the chain as text, its key sealed beside it. */
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { appendAudit } from '../audit/append.ts'
import { secretChanged, type AuditFields } from '../audit/differences.ts'
import type { ListenerCertificateRepository, ListenerCertificateSettings } from '../listener-certificate-types.ts'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'
import type { SettingName, SettingRow } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, saveSetting } from './save-setting.ts'

const kept = z.discriminatedUnion('source', [
  z.object({ source: z.literal('environment') }),
  z.object({ source: z.literal('files'), certificateFile: z.string(), keyFile: z.string() }),
  z.object({ source: z.enum(['pasted', 'self-signed']), certificatePem: z.string() }),
])

const names = { console: 'console-certificate', portal: 'portal-certificate' } as const satisfies Readonly<
  Record<string, SettingName>
>

export function createListenerCertificateRepository(context: Context): ListenerCertificateRepository {
  const { prisma, sealer, clock } = context
  return {
    settings: async (listener) => settingsOf(await findSetting(prisma, names[listener]), names[listener], sealer),
    change: (listener, input, actor) => {
      const name = names[listener]
      const { version, ...values } = input
      const keyPem = keyOf(input)
      return saveSetting(
        context,
        version,
        {
          ...{ name, subjectKind: name },
          read: (row) => settingsOf(row, name, sealer),
          value: JSON.stringify(kept.parse(values)),
          sealed: keyPem === null ? null : sealer.seal(keyPem, places.setting(name)),
          audited,
          alsoChanged: (before) => (keyOf(before) === keyPem ? {} : { key: keyPem === null ? null : secretChanged }),
        },
        actor,
      )
    },
    reset: (listener, actor) =>
      prisma.$transaction(async (tx) => {
        const name = names[listener]
        const row = await findSetting(tx, name)
        const before = row === undefined ? 'environment' : kept.parse(JSON.parse(row.value)).source
        if (row === undefined || before === 'environment') return false
        const value = JSON.stringify({ source: 'environment' })
        const data = { value, sealed: null, version: row.version + 1, updatedAt: clock() }
        await tx.setting.update({ where: { name }, data })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'changed', subjectKind: name, subjectId: null, subjectName: null },
          ...{ before: { source: before }, after: { source: 'environment', key: null } },
        })
        return true
      }),
  }
}

function settingsOf(row: SettingRow | undefined, name: SettingName, sealer: Sealer): ListenerCertificateSettings {
  if (row === undefined) return { source: 'environment', version: 1 }
  const { version, sealed } = row
  const value = kept.parse(JSON.parse(row.value))
  if (value.source === 'environment' || value.source === 'files') return { ...value, version }
  return { ...value, version, keyPem: sealed === null ? '' : sealer.open(sealed, places.setting(name)).toString() }
}

function keyOf(settings: ListenerCertificateSettings): string | null {
  return 'keyPem' in settings ? settings.keyPem : null
}

function audited(settings: ListenerCertificateSettings): AuditFields {
  const { source } = settings
  return {
    source,
    fingerprint: 'certificatePem' in settings ? new X509Certificate(settings.certificatePem).fingerprint256 : null,
    certificateFile: source === 'files' ? settings.certificateFile : null,
    keyFile: source === 'files' ? settings.keyFile : null,
  }
}
