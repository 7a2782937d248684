/** Which handler of the console changes which part of a configuration. */
import type { ConfigurationHandlers } from '../http/configuration-handlers.ts'
import type { Call } from './call.ts'
import type { ListName } from './list-parts.ts'
import type { SettingName } from './setting-parts.ts'
import type { Plain } from './plain.ts'

type SettingWrite = (handlers: ConfigurationHandlers, call: Call, body: Plain) => Promise<unknown>

export const settingWrites: Readonly<Record<SettingName, SettingWrite>> = {
  radius: ({ radius }, call, body) => call(radius.changeSettings, { body }),
  radsec: ({ radsec }, call, body) => call(radsec.change, { body }),
  target: ({ radius }, call, body) => call(radius.changeTarget, { body }),
  ldap: ({ directory }, call, body) => call(directory.changeLdap, { body }),
  radiusTarget: ({ radiusServers }, call, body) => call(radiusServers.changeTarget, { body }),
  windowsDomain: ({ windowsDomain }, call, body) => call(windowsDomain.change, { body }),
  builtIn: ({ builtIn }, call, body) => call(builtIn.change, { body }),
  company: ({ company }, call, body) => call(company.change, { body }),
  portal: ({ portalAdministration }, call, body) => call(portalAdministration.changeSettings, { body }),
  portalFallback: ({ portalFallback }, call, body) => call(portalFallback.changeSettings, { body }),
  directorySync: ({ directorySync }, call, body) => call(directorySync.changeSettings, { body }),
  openId: ({ openId }, call, body) => call(openId.change, { body }),
  administratorPolicy: ({ administrators }, call, body) => call(administrators.changePolicy, { body }),
  alerts: ({ alerts }, call, body) => call(alerts.change, { body }),
}

type Handlers = ConfigurationHandlers

interface ListWrites {
  readonly create: (handlers: Handlers, call: Call, body: Plain) => Promise<unknown>
  readonly change: (handlers: Handlers, call: Call, id: string, body: Plain) => Promise<unknown>
  readonly remove: (handlers: Handlers, call: Call, id: string, version: number) => Promise<unknown>
  /** One place up; absent where there is no order. */
  readonly move?: (handlers: Handlers, call: Call, id: string, version: number) => Promise<unknown>
}

const up = { direction: 'up' }

export const listWrites: Readonly<Record<ListName, ListWrites>> = {
  clients: {
    create: ({ radius }, call, body) => call(radius.createClient, { body }),
    change: ({ radius }, call, id, body) => call(radius.changeClient, { params: { id }, body }),
    remove: ({ radius }, call, id, version) => call(radius.removeClient, { params: { id }, query: { version } }),
  },
  servers: {
    create: ({ radiusServers }, call, body) => call(radiusServers.create, { body }),
    change: ({ radiusServers }, call, id, body) => call(radiusServers.change, { params: { id }, body }),
    remove: ({ radiusServers }, call, id, version) =>
      call(radiusServers.remove, { params: { id }, query: { version } }),
    move: ({ radiusServers }, call, id) => call(radiusServers.move, { params: { id }, body: up }),
  },
  gateways: {
    create: ({ gateways }, call, body) => call(gateways.create, { body }),
    change: ({ gateways }, call, id, body) => call(gateways.change, { params: { id }, body }),
    remove: ({ gateways }, call, id, version) => call(gateways.remove, { params: { id }, query: { version } }),
    move: ({ gateways }, call, id) => call(gateways.move, { params: { id }, body: up }),
  },
  logReceivers: {
    create: ({ logReceivers }, call, body) => call(logReceivers.create, { body }),
    change: ({ logReceivers }, call, id, body) => call(logReceivers.change, { params: { id }, body }),
    remove: ({ logReceivers }, call, id, version) => call(logReceivers.remove, { params: { id }, query: { version } }),
  },
  replyRules: {
    create: ({ replyRules }, call, body) => call(replyRules.create, { body }),
    change: ({ replyRules }, call, id, body) => call(replyRules.change, { params: { id }, body }),
    remove: ({ replyRules }, call, id, version) => call(replyRules.remove, { params: { id }, query: { version } }),
    move: ({ replyRules }, call, id, version) => call(replyRules.move, { params: { id }, body: { ...up, version } }),
  },
  cacheRules: {
    create: ({ cacheRules }, call, body) => call(cacheRules.create, { body }),
    change: ({ cacheRules }, call, id, body) => call(cacheRules.change, { params: { id }, body }),
    remove: ({ cacheRules }, call, id, version) => call(cacheRules.remove, { params: { id }, query: { version } }),
    move: ({ cacheRules }, call, id) => call(cacheRules.move, { params: { id }, body: up }),
  },
  trustedNetworks: {
    create: ({ trustedNetworks }, call, body) => call(trustedNetworks.create, { body }),
    change: ({ trustedNetworks }, call, id, body) => call(trustedNetworks.change, { params: { id }, body }),
    remove: ({ trustedNetworks }, call, id, version) =>
      call(trustedNetworks.remove, { params: { id }, query: { version } }),
  },
}
