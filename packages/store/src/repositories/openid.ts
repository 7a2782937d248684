/** The OpenID Connect provider by which administrators sign in: one row, its client's secret sealed beside it. */
import { openIdInput } from '@sallyport/contract'
import { secretChanged } from '../audit/differences.ts'
import type { OpenIdRepository, OpenIdSettings } from '../openid-types.ts'
import { places } from '../sealing/places.ts'
import type { SettingRow } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, saveSetting, without } from './save-setting.ts'

const name = 'openid'
/** What the contract asks of an input, it asked when this was saved. */
const saved = openIdInput.omit({ clientSecret: true, version: true })

const unsaved: OpenIdSettings = {
  ...{ enabled: false, issuer: '', clientId: '', clientSecret: '', claim: 'email', label: '' },
  ...{ trustSecondFactor: false, multifactorAcr: null, caPem: null, configured: false, version: 1 },
}

export function createOpenIdRepository(context: Context): OpenIdRepository {
  const { prisma, sealer } = context
  const read = (row: SettingRow | undefined): OpenIdSettings => {
    if (row === undefined) return unsaved
    const clientSecret = row.sealed === null ? '' : sealer.open(row.sealed, places.setting(name)).toString()
    return { ...saved.parse(JSON.parse(row.value)), clientSecret, configured: true, version: row.version }
  }
  return {
    settings: async () => read(await findSetting(prisma, name)),
    change: ({ version, clientSecret, ...values }, actor) =>
      saveSetting(
        context,
        version,
        {
          ...{ name, subjectKind: 'openid-provider', read },
          value: JSON.stringify(saved.parse(values)),
          sealed: sealer.seal(clientSecret, places.setting(name)),
          audited: (settings) => without(settings, ['version', 'configured', 'clientSecret']),
          alsoChanged: (before) => (before.clientSecret === clientSecret ? {} : { clientSecret: secretChanged }),
        },
        actor,
      ),
  }
}
