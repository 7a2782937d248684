/** The settings of a configuration, which exist once each. The next one is added here. */
import {
  administratorPolicy,
  alertSettings,
  builtInInput,
  companySettings,
  ldapInput,
  openIdInput,
  portalFallbackSettings,
  portalSettings,
  radiusSettingsInput,
  radiusTargetInput,
  radsecInput,
  syncSettings,
  targetInput,
  windowsDomainInput,
} from '@sallyport/contract'
import type { StoreRooms } from '@sallyport/store'
import type { z } from 'zod'
import type { Plain } from './plain.ts'

/** A setting as it stands, its secrets in place. */
export interface PresentSetting {
  readonly value: Plain
  readonly version: number
}

export interface SettingPart {
  /** With a version, which a file has not. */
  readonly schema: z.ZodObject
  /** Paths inside. */
  readonly secrets: readonly string[]
  readonly read: (store: StoreRooms) => Promise<PresentSetting>
}

const settingOf = ({ version, ...value }: Plain & { readonly version: number }): PresentSetting => ({ value, version })

export const settingParts = {
  radius: {
    schema: radiusSettingsInput,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.settings.radius()) }),
  },
  radsec: {
    schema: radsecInput,
    secrets: ['keyPem'],
    read: async ({ settings }) => {
      const { keyPem, ...others } = await settings.radsec()
      return settingOf({ ...others, ...(keyPem === null ? {} : { keyPem }) })
    },
  },
  target: {
    schema: targetInput,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.settings.target()) }),
  },
  ldap: {
    schema: ldapInput,
    secrets: ['queryBind.password'],
    read: async (store) => unlessUnsaved(await store.settings.ldap()),
  },
  radiusTarget: {
    schema: radiusTargetInput,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.settings.radiusTarget()) }),
  },
  windowsDomain: {
    schema: windowsDomainInput,
    secrets: ['account.password'],
    read: async (store) => unlessUnsaved(await store.windowsDomain.settings()),
  },
  builtIn: {
    schema: builtInInput,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.builtIn.settings()) }),
  },
  company: {
    schema: companySettings,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.company.settings()) }),
  },
  portal: {
    schema: portalSettings,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.portalSettings.read()) }),
  },
  portalFallback: {
    schema: portalFallbackSettings,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.portalFallback.read()) }),
  },
  directorySync: {
    schema: syncSettings,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.directorySync.settings()) }),
  },
  administratorPolicy: {
    schema: administratorPolicy,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.administratorPolicy.settings()) }),
  },
  openId: {
    schema: openIdInput,
    secrets: ['clientSecret'],
    read: async (store) => unlessUnsaved(await store.openId.settings()),
  },
  alerts: {
    schema: alertSettings,
    secrets: [],
    read: async (store) => settingOf({ ...(await store.alerts.settings()) }),
  },
} as const satisfies Record<string, SettingPart>

export type SettingName = keyof typeof settingParts

/** Nothing, where nobody has saved it: its defaults would not pass for a configuration. */
function unlessUnsaved(setting: object & { readonly configured: boolean; readonly version: number }): PresentSetting {
  return setting.configured ? settingOf({ ...setting }) : { value: {}, version: setting.version }
}
