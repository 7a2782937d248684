/** What administrators do about people: who is let in from where, many users at once, one user's page. */
import { expect, test, type BrowserContext } from '@playwright/test'
import { api, companySettings } from '@sallyport/contract'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { startProduct, type Product } from '../support/product.ts'
import { importUsers } from '../support/user-files.ts'

let product: Product
let administrator: Administrator
let context: BrowserContext

test.beforeAll(async ({ browser }) => {
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  context = await openSignedIn(browser, product)
})

test.afterAll(async () => {
  await context.close()
  await product.remove()
})

test('a trusted network is added, tried, switched off and removed', async () => {
  const page = await context.newPage()
  await page.goto('/trusted-networks')
  await page.getByRole('button', { name: 'Add trusted network' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Head office')
  await dialog.getByLabel('Addresses').fill('0.0.0.0/0')
  await dialog.getByRole('button', { name: 'Add trusted network' }).click()
  await expect(dialog.getByText('This is too much to trust')).toBeVisible()
  await dialog.getByLabel('Addresses').fill('192.0.2.10 - 192.0.2.20')
  await dialog.getByRole('button', { name: 'Add trusted network' }).click()
  await expect(page.getByRole('cell', { name: '192.0.2.10-192.0.2.20' })).toBeVisible()

  const tried = page.getByRole('textbox', { name: 'Address' })
  await tried.fill('192.0.2.15')
  await expect(page.getByText('Head office lets people in from there on the password alone')).toBeVisible()
  await tried.fill('192.0.2.21')
  await expect(page.getByText('No trusted network holds this address')).toBeVisible()
  await tried.fill('192.0.2.15 and more')
  await expect(page.getByText('This is no address')).toBeVisible()

  await page.getByRole('button', { name: 'Open Head office' }).click()
  await dialog.getByLabel('In force').uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('cell', { name: 'Off', exact: true })).toBeVisible()
  await tried.fill('192.0.2.15')
  await expect(page.getByText('but it is off')).toBeVisible()

  await page.getByRole('button', { name: 'Remove Head office' }).click()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('No network is trusted')).toBeVisible()
  await page.goto('/reports/changes')
  await expect(page.getByText('Head office').first()).toBeVisible()
  await page.close()
})

test('many users are found, changed, deleted and taken back', async () => {
  await importUsers(administrator, 1_200)
  const page = await context.newPage()
  await page.goto('/users?search=user0')
  await page.getByRole('checkbox', { name: 'Select all users that are loaded' }).click()
  await page.getByRole('button', { name: /^Select all [\d,]+ that match$/ }).click()
  const selected = page.getByRole('region', { name: /^All [\d,]+ users that match are selected$/ })
  await selected.getByRole('button', { name: 'Block…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Exercise')
  await dialog.getByRole('button', { name: 'Block' }).click()
  await expect(page.getByText(/^[\d,]+ users changed$/)).toBeVisible({ timeout: 60_000 })
  await page.getByRole('combobox', { name: 'What stands for or against them' }).click()
  await page.getByRole('option', { name: 'Blocked' }).click()
  await expect(page).toHaveURL(/standing=blocked/)
  await expect(page.getByRole('cell', { name: 'Blocked' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/^[\d,]+ users are as before$/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Nobody fits')).toBeVisible()

  await page.goto('/users?search=user0')
  await page.getByRole('checkbox', { name: 'Select all users that are loaded' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await dialog.getByLabel(/Type/).fill('100')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('100 users deleted')).toBeVisible({ timeout: 60_000 })
  // What is watched has an address: it is there after a reload, and so is the way back.
  await page.reload()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('100 users are as before')).toBeVisible({ timeout: 60_000 })
  await page.close()
})

test('people who are let in without a factor are on Status, whose button lists them', async () => {
  const user = { firstName: '', lastName: '', email: '', description: '', enabled: false }
  const { id } = await administrator.call(api.users.create, { body: { ...user, username: 'nofactor' } })
  const company = companySettings.strip().parse(await administrator.call(api.company.read))
  const page = await context.newPage()
  await page.goto('/status')
  const item = page.getByRole('listitem').filter({ hasText: 'password alone' })
  await expect(page.getByText('RADIUS').first()).toBeVisible()
  await expect(item).toHaveCount(0)
  await administrator.call(api.company.change, { body: { ...company, whenFactorOff: 'password-alone' } })
  await page.reload()
  await item.getByRole('button').click()
  await expect(page).toHaveURL(/users\?state=disabled/)
  await expect(page.getByRole('button', { name: 'Open nofactor' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Open/ })).toHaveCount(1)

  await page.goto(`/users/${id}`)
  await page.getByRole('switch', { name: 'Enabled' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'No second factor that could be used' })
  await notice.getByRole('button', { name: 'Make enrolment link' }).click()
  await expect(page.getByRole('dialog', { name: 'Enrolment link for nofactor' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Left')
  await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click()
  await page.getByRole('button', { name: 'Unblock' }).click()
  await expect(page.getByText('Blocked for a time')).toHaveCount(0)
  await page.close()
})

test('a file of users is read, its columns are said, its rows are looked at, and then it is taken', async () => {
  const page = await context.newPage()
  await page.goto('/users')
  await page.getByRole('button', { name: 'Import CSV' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'staff.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Benutzername;Familie;Handy\njörg;Müller;030 901820\nJÖRG;;\nnina;Weiß;\n', 'latin1'),
  })
  await dialog.getByRole('button', { name: 'Read file' }).click()
  await expect(page.getByRole('heading', { name: 'staff.csv' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('Latin-1 (Windows-1252)')
  await expect(page.getByRole('cell', { name: 'Müller · Weiß' })).toBeVisible()
  await page.getByRole('combobox', { name: 'What the column Familie is' }).click()
  await page.getByRole('option', { name: 'Last name' }).click()
  await page.getByRole('textbox', { name: 'Country code of phone numbers' }).fill('49')
  await page.getByRole('button', { name: 'Check all rows' }).click()
  await expect(page.getByText('2 users can be added')).toBeVisible()
  await expect(page.getByText('1 row is not taken')).toBeVisible()
  await expect(page.getByText('as “jörg”: capitals and accents')).toBeVisible()
  await page.getByRole('button', { name: 'Import 2 users' }).click()
  await expect(page.getByText('2 users were added')).toBeVisible()
  await page.goto('/users?search=jorg')
  await expect(page.getByRole('cell', { name: /Müller/ })).toBeVisible()
  await page.goto('/users/imports')
  await expect(page.getByRole('button', { name: 'Open the import of staff.csv' })).toBeVisible()
  await page.close()
})

test('two administrators who save the same form are shown what differs, and the second chooses', async ({
  browser,
}) => {
  const user = { firstName: 'Olga', lastName: 'One', email: '', description: '', enabled: true }
  const { id } = await administrator.call(api.users.create, { body: { ...user, username: 'olga' } })
  const second = await openSignedIn(browser, product)
  const [page, other] = [await context.newPage(), await second.newPage()]
  for (const each of [page, other]) await each.goto(`/users/${id}`)
  const details = (of: typeof page) => of.locator('form').filter({ has: of.getByLabel('Last name') })
  await details(other).getByLabel('Last name').fill('Mine')
  await details(other).getByLabel('Description').fill('Typed by the second')
  await details(page).getByLabel('Last name').fill('Theirs')
  await details(page).getByLabel('First name').fill('Olga-Theirs')
  await details(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('User olga saved.')).toBeVisible()

  await details(other).getByRole('button', { name: 'Save' }).click()
  const differences = other.getByRole('table', { name: 'What differs' })
  const row = (label: string) => differences.getByRole('row').filter({ hasText: label })
  await expect(row('Last name')).toContainText('Theirs')
  await expect(row('Last name')).toContainText('Mine')
  await expect(row('First name')).toContainText('Olga-Theirs')
  await expect(row('Description')).toContainText('Typed by the second')
  await other.getByRole('button', { name: 'Use theirs of First name' }).click()
  await expect(row('First name')).toHaveCount(0)
  await other.getByRole('button', { name: 'Save mine' }).click()
  await expect(differences).toHaveCount(0)
  expect(await administrator.call(api.users.read, { params: { id } })).toMatchObject({
    ...{ firstName: 'Olga-Theirs', lastName: 'Mine', description: 'Typed by the second' },
  })

  await page.goto('/company-settings')
  await other.goto('/company-settings')
  for (const each of [page, other]) await each.getByRole('tab', { name: 'PIN' }).click()
  const length = (of: typeof page) => of.getByLabel('Shortest PIN, in digits')
  await length(page).fill('6')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Company Settings saved.')).toBeVisible()
  await length(other).fill('8')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(differences.getByRole('row')).toHaveCount(2)
  await other.getByRole('button', { name: 'Take theirs' }).click()
  await expect(length(other)).toHaveValue('6')
  await second.close()
  await page.close()
})
