/** An administrator sets up an OpenID Connect provider in the console, and signs in by it: with a real one that runs here. */
import { expect, test } from '@playwright/test'
import { freeTcpPort, startOpenIdProvider } from '@sallyport/tooling/servers'
import { Administrator } from '../support/administrator.ts'
import { startProduct } from '../support/product.ts'

const client = { clientId: 'sallyport', clientSecret: 'a client secret of the test' }

test('a provider is set up, tested, signs its administrator in, and is sent away with a sentence where it knows nobody', async ({
  browser,
}) => {
  const port = await freeTcpPort()
  const url = `http://localhost:${port}`
  const product = await startProduct({
    environment: { SALLYPORT_CONSOLE_PORT: String(port), SALLYPORT_CONSOLE_URL: url },
  })
  const provider = await startOpenIdProvider({ ...client, redirectUri: `${url}/sign-in/provider` })
  const context = await browser.newContext()
  try {
    await Administrator.setUp(product)
    const { username, password } = Administrator.credentials
    const page = await context.newPage()
    await page.goto(`${url}/administrators/provider`)
    await page.getByLabel('User name').fill(username)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()

    await expect(page.getByRole('button', { name: `Copy: ${url}/sign-in/provider` })).toBeVisible()
    await page.getByLabel('Issuer').fill(`${provider.issuer}/wrong`)
    await page.getByLabel('Client ID').fill(client.clientId)
    await page.getByLabel('Client secret', { exact: true }).fill(client.clientSecret)
    await page.getByLabel('Name on the button').fill('Example ID')
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await expect(page.getByText('Nothing describes itself there')).toBeVisible()
    await page.getByLabel('Issuer').fill(provider.issuer)
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await expect(page.getByText('The provider answers, and suits')).toBeVisible()
    await page.getByRole('combobox', { name: 'What names the administrator' }).click()
    await page.getByRole('option', { name: 'preferred_username' }).click()
    await page.getByLabel('Offer it on the sign-in page').check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved: it counts from the next sign-in on.')).toBeVisible()

    await context.clearCookies()
    provider.person = { sub: 'id-of-nobody', claims: { preferred_username: 'nobody' } }
    await page.goto(`${url}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click()
    await expect(page.getByRole('alert')).toContainText('no account here is yours')
    expect(new URL(page.url()).search).toBe('')

    // The provider has a session of its own with this browser.
    await context.clearCookies({ domain: '127.0.0.1' })
    provider.person = { sub: 'id-of-admin', claims: { preferred_username: username.toUpperCase() } }
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click()
    await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
    await page.goto(`${url}/administrators`)
    await page.getByRole('button', { name: new RegExp(`^Open ${username}`) }).click()
    await page.getByRole('button', { name: 'Forget' }).click()
    await page
      .getByRole('dialog', { name: `Forget the account of ${username}?` })
      .getByRole('button', { name: 'Forget' })
      .click()
    await expect(page.getByText(`The account of ${username} is forgotten.`)).toBeVisible()
  } finally {
    await context.close()
    await provider.stop()
    await product.remove()
  }
})
