/** Every screen of the console by its address: what the pictures show and what the checks visit. */
import { type Page } from '@playwright/test'

export interface ScreenIds {
  readonly userId: string
  readonly clientId: string
  readonly signInId: string
  readonly vpnSessionId: string
  /** An import that was looked at and not taken. */
  readonly importId: string
  /** Imports of users: one whose columns are to be said, one that was looked at. */
  /** Another product's configuration that was looked at. */
  readonly productImportId: string
  readonly userImportIds: { readonly mapping: string; readonly ready: string }
}

export interface Screen {
  readonly name: string
  readonly path: string
  /** The heading that says that it is there; of the dialog where one is open. */
  readonly heading: string | RegExp
  /** Opens what has no address, once the page is there. */
  readonly open?: (page: Page) => Promise<void>
}

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click()
  await page.getByRole('dialog').first().waitFor()
}

/** The screens that a new server has too. */
export const screens: readonly Screen[] = [
  { name: 'status', path: '/status', heading: 'Status' },
  { name: 'users', path: '/users', heading: 'Users' },
  { name: 'pending', path: '/pending', heading: 'Pending now' },
  { name: 'users-add', path: '/users?dialog=add', heading: 'Add user' },
  { name: 'users-import', path: '/users?dialog=import', heading: 'Import users from CSV' },
  { name: 'user-imports', path: '/users/imports', heading: 'Import log' },
  { name: 'radius-clients', path: '/radius-authentication', heading: 'RADIUS Authentication' },
  { name: 'radius-client-add', path: '/radius-authentication?client=new', heading: 'Add RADIUS Client' },
  {
    ...{ name: 'product-import-add', path: '/radius-authentication?dialog=import' },
    heading: 'Import from another product',
  },
  {
    ...{ name: 'radius-client-add-more', path: '/radius-authentication?client=new', heading: 'Add RADIUS Client' },
    open: (page) => page.getByRole('button', { name: /^More/ }).click(),
  },
  { name: 'radius-target', path: '/radius-authentication?tab=target', heading: 'RADIUS Authentication' },
  ...['Built-in users', 'RADIUS server', 'Windows domain'].map((kind) => ({
    name: `radius-target-${kind.toLowerCase().replaceAll(' ', '-')}`,
    ...{ path: '/radius-authentication?tab=target', heading: 'RADIUS Authentication' },
    open: (page: Page) => page.getByRole('radio', { name: new RegExp(kind) }).click(),
  })),
  {
    ...{ name: 'radius-server-add', path: '/radius-authentication?tab=target', heading: 'RADIUS Authentication' },
    open: async (page) => {
      await page.getByRole('radio', { name: /RADIUS server/ }).click()
      await press('Add…')(page)
    },
  },
  {
    name: 'reply-attributes',
    path: '/radius-authentication?tab=reply-attributes',
    heading: 'RADIUS Authentication',
  },
  {
    name: 'reply-attribute-add',
    path: '/radius-authentication?tab=reply-attributes&rule=new',
    heading: 'Add reply attribute',
  },
  { name: 'test-sign-in', path: '/test-sign-in', heading: 'Test sign-in' },
  { name: 'directory-integration', path: '/directory-integration', heading: 'Directory Integration' },
  ...['filters', 'attributes', 'synchronization'].map((tab) => ({
    ...{ name: `directory-${tab}`, path: `/directory-integration?tab=${tab}`, heading: 'Directory Integration' },
  })),
  { name: 'oath-tokens', path: '/oath-tokens', heading: 'OATH Tokens' },
  { name: 'oath-tokens-add', path: '/oath-tokens?dialog=add', heading: 'Add token' },
  { name: 'oath-tokens-import', path: '/oath-tokens?dialog=import', heading: 'Import tokens' },
  { name: 'oath-imports', path: '/oath-tokens/imports', heading: 'Import log' },
  { name: 'caching-rules', path: '/caching-rules', heading: 'Caching rules' },
  { name: 'caching-rule-add', path: '/caching-rules?rule=new', heading: 'Add caching rule' },
  { name: 'trusted-networks', path: '/trusted-networks', heading: 'Trusted networks' },
  { name: 'trusted-network-add', path: '/trusted-networks?network=new', heading: 'Add trusted network' },
  ...['sms', 'voice', 'mail'].flatMap((tab) => [
    { name: `gateways-${tab}`, path: `/gateways?tab=${tab}`, heading: 'Gateways' },
    { name: `gateways-${tab}-add`, path: `/gateways?tab=${tab}`, heading: 'Gateways', open: press('Add…') },
  ]),
  { name: 'log-forwarding', path: '/log-forwarding', heading: 'Log forwarding' },
  { name: 'log-receiver-add', path: '/log-forwarding?receiver=new', heading: 'Add receiver' },
  { name: 'alerts', path: '/alerts', heading: 'Alerts' },
  { name: 'company-settings', path: '/company-settings', heading: 'Company Settings' },
  { name: 'company-settings-pin', path: '/company-settings?tab=pin', heading: 'Company Settings' },
  { name: 'company-settings-messages', path: '/company-settings?tab=messages', heading: 'Company Settings' },
  { name: 'company-settings-lockout', path: '/company-settings?tab=lockout', heading: 'Company Settings' },
  { name: 'certificates', path: '/certificates', heading: 'Certificates' },
  { name: 'certificate-paste', path: '/certificates', heading: 'Certificates', open: press('Paste…') },
  { name: 'certificate-self-signed', path: '/certificates', heading: 'Certificates', open: press('Self-signed…') },
  { name: 'retention', path: '/retention', heading: 'Retention' },
  { name: 'user-portal', path: '/user-portal', heading: 'User Portal' },
  { name: 'sign-ins', path: '/reports/sign-ins', heading: 'Sign-ins' },
  { name: 'live', path: '/reports/live', heading: 'Live view' },
  ...['result', 'user', 'application', 'method'].map((by) => ({
    ...{ name: `usage-${by}`, path: `/reports/usage?by=${by}`, heading: 'Usage' },
  })),
  { name: 'denials', path: '/reports/denials', heading: 'Denials' },
  { name: 'client-security', path: '/reports/client-security', heading: 'Client security' },
  { name: 'vpn-sessions', path: '/reports/vpn-sessions', heading: 'VPN sessions' },
  { name: 'vpn-sessions-all', path: '/reports/vpn-sessions?view=all', heading: 'VPN sessions' },
  { name: 'blocked', path: '/reports/blocked', heading: 'Blocked' },
  { name: 'bypassed', path: '/reports/bypassed', heading: 'Bypassed' },
  { name: 'fraud-reports', path: '/reports/fraud-reports', heading: 'Fraud reports' },
  { name: 'fraud-reports-all', path: '/reports/fraud-reports?view=all', heading: 'Fraud reports' },
  { name: 'changes', path: '/reports/changes', heading: 'Changes' },
  { name: 'administrators', path: '/administrators', heading: 'Administrators' },
  { name: 'sign-in-provider', path: '/administrators/provider', heading: 'Sign-in by a provider' },
  { name: 'account', path: '/account', heading: 'My account' },
  {
    ...{ name: 'account-totp', path: '/account', heading: 'My account' },
    open: async (page) => {
      await press('Set up')(page)
      await page.getByRole('img', { name: /^QR code/ }).waitFor()
    },
  },
  { name: 'api-tokens', path: '/api-tokens', heading: 'API tokens' },
  { name: 'api-token-add', path: '/api-tokens?dialog=add', heading: 'Add API token' },
  { name: 'administrators-add', path: '/administrators?open=new', heading: 'Add administrator' },
]

/** The screens of one thing, on a server that has it. */
export function detailScreens(ids: ScreenIds): readonly Screen[] {
  return [
    { name: 'user', path: `/users/${ids.userId}`, heading: 'alice' },
    {
      ...{ name: 'user-add-mobile-app', path: `/users/${ids.userId}`, heading: 'alice' },
      open: async (page) => {
        await page.getByRole('button', { name: 'Add mobile app' }).click()
        await page.getByRole('dialog', { name: 'Add the mobile app for alice' }).waitFor()
      },
    },
    {
      ...{ name: 'users-selected', path: '/users', heading: 'Users' },
      open: async (page) => {
        await page.getByRole('checkbox', { name: 'Select all users that are loaded' }).click()
        await page.getByRole('region', { name: /selected/ }).waitFor()
      },
    },
    {
      ...{ name: 'users-edit-selected', path: '/users', heading: 'Users' },
      open: async (page) => {
        await page.getByRole('checkbox', { name: 'Select all users that are loaded' }).click()
        await page.getByRole('button', { name: 'Methods and language…' }).click()
        await page.getByRole('checkbox', { name: 'Methods and their order' }).click()
      },
    },
    { name: 'radius-client', path: `/radius-authentication?client=${ids.clientId}`, heading: /^RADIUS Client: / },
    { name: 'user-import-columns', path: `/users/imports/${ids.userImportIds.mapping}`, heading: 'people.csv' },
    { name: 'user-import-ready', path: `/users/imports/${ids.userImportIds.ready}`, heading: 'people.csv' },
    {
      name: 'product-import',
      ...{ path: `/radius-authentication/imports/${ids.productImportId}`, heading: 'clients.conf' },
    },
    { name: 'oath-import', path: `/oath-tokens/imports/${ids.importId}`, heading: /tokens\.csv/ },
    {
      ...{ name: 'oath-tokens-selected', path: '/oath-tokens', heading: 'OATH Tokens' },
      open: async (page) => {
        await page.getByRole('checkbox', { name: 'Select all tokens that are loaded' }).click()
        await page.getByRole('region', { name: /selected/ }).waitFor()
      },
    },
    {
      ...{ name: 'oath-token-resynchronise', path: '/oath-tokens', heading: 'OATH Tokens' },
      open: async (page) => {
        await page.getByRole('row').filter({ hasText: 'alice' }).getByRole('button').last().click()
        await page.getByRole('menuitem', { name: 'Resynchronise' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      ...{ name: 'gateway-test-failed', path: '/gateways', heading: 'Gateways' },
      open: async (page) => {
        await press('Test Message centre')(page)
        await page.getByLabel('Phone number').fill('+49 30 123456')
        await page.getByRole('button', { name: 'Send test' }).click()
        await page.getByText('did not take the message').first().waitFor()
      },
    },
    { name: 'vpn-session', path: `/reports/vpn-sessions/${ids.vpnSessionId}`, heading: /alice/ },
    { name: 'sign-in-details', path: `/reports/sign-ins/${ids.signInId}`, heading: /alice/ },
  ]
}

/** Goes there and waits until everything that it loads has come. */
export async function openScreen(page: Page, { path, heading, open }: Screen): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
  await settle(page)
  if (open === undefined) return
  await open(page)
  await settle(page)
}

/** Resolves when nothing loads any more and what moves has come to rest. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () => document.querySelector('[role=status][aria-label^="Loading"], .mantine-Skeleton-root') === null,
  )
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  )
}
