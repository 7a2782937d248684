/** The certificate of the portal, made in the console in a click, and what whoever connects is shown from then on. */
import { once } from 'node:events'
import { connect } from 'node:tls'

import { expect, test, type BrowserContext } from '@playwright/test'
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { startProduct, type Product } from '../support/product.ts'

let made: TestCertificates
let product: Product
let context: BrowserContext

test.beforeAll(async ({ browser }) => {
  made = await createCertificates()
  product = await startProduct({
    environment: {
      SALLYPORT_PORTAL_TLS_CERTIFICATE: made.server.certificate,
      SALLYPORT_PORTAL_TLS_KEY: made.server.key,
    },
  })
  await Administrator.setUp(product)
  context = await openSignedIn(browser, product)
})

test.afterAll(async () => {
  await context.close()
  await product.remove()
  await made.remove()
})

async function shown(): Promise<string> {
  const socket = connect({
    port: Number(new URL(product.portalUrl).port),
    host: '127.0.0.1',
    rejectUnauthorized: false,
  })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  return certificate?.fingerprint256 ?? ''
}

test('a certificate that is signed by itself is made in a click, and shown to the next connection', async () => {
  const before = await shown()
  const page = await context.newPage()
  await page.goto('/certificates')
  const portal = page.getByRole('region', { name: 'User Portal' })
  await expect(portal.getByText(before)).toBeVisible()
  await portal.getByRole('button', { name: 'Self-signed…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(portal.getByText('Made here, signed by itself')).toBeVisible()
  const after = await shown()
  expect(after).not.toBe(before)
  await expect(portal.getByText(after)).toBeVisible()

  await portal.getByRole('button', { name: 'Paste…' }).click()
  await dialog.getByLabel('Certificate and those').fill('nothing of use')
  await dialog.getByLabel('Private key').fill('neither')
  await dialog.getByRole('button', { name: 'Serve it' }).click()
  await expect(dialog.getByText('it begins with -----BEGIN CERTIFICATE-----.').last()).toBeVisible()
  expect(await shown()).toBe(after)
  await page.close()
})
