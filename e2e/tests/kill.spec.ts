/** `kill -9` in the middle of sign-ins: what a device was told is in the log, and no code works twice. */
import { expect, test } from '@playwright/test'
import { freeTcpPort, freeUdpPort, startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { codeOf } from '../support/oath.ts'
import { startProduct, type Product } from '../support/product.ts'
import { ask, signIn, type Device } from '../support/vpn-device.ts'

const kills = 10
/** Enough that nobody has to wait for the next code. */
const people = 200
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

let directory: RunningSlapd
let product: Product
let administrator: Administrator
let device: Device

test.beforeAll(async () => {
  const users = Array.from({ length: people }, (_, person) => ({ uid: `u${person}`, password: `p${person}` }))
  directory = await startSlapd({ users })
  product = await startProduct({ environment: { SALLYPORT_CONSOLE_PORT: String(await freeTcpPort()) } })
  administrator = await Administrator.setUp(product)
  device = { port: await freeUdpPort(), secret: 'a secret between test and server' }
  await administrator.useLdap(directory)
  await administrator.addClient(device.secret)
  for (let person = 0; person < people; person++) await administrator.addUser(`u${person}`, secret)
  await administrator.enableRadius(device.port)
})

test.afterAll(async () => {
  await product.remove()
  await directory.remove()
})

test('ten kills lose no accept that a device saw, and the server starts again by itself each time', async () => {
  test.setTimeout(240_000)
  const accepted: { username: string; code: string }[] = []
  let running = true
  let next = 0

  // Four devices sign people in, one after the other, for as long as the killing goes on.
  const devices = Array.from({ length: 4 }, async () => {
    while (running) {
      const person = next++ % people
      const [username, password] = [`u${person}`, `p${person}`]
      const code = await codeOf(secret)
      const { reply } = await signIn(device, username, password, code)
      if (reply?.code === 'Access-Accept') accepted.push({ username, code })
    }
  })

  for (let kill = 1; kill <= kills; kill++) {
    const before = accepted.length
    await expect.poll(() => accepted.length, { timeout: 45_000 }).toBeGreaterThan(before)
    process.kill(product.pid(), 'SIGKILL')
    await product.opened(kill + 1)
  }
  running = false
  await Promise.all(devices)

  expect(accepted.length).toBeGreaterThanOrEqual(kills)
  for (const username of new Set(accepted.map((accept) => accept.username))) {
    const seen = accepted.filter((accept) => accept.username === username).length
    const rows = await administrator.signIns({ username })
    const known = rows.filter((row) => row.username === username && row.result === 'accepted').length
    expect(known, `accepts of ${username}`).toBeGreaterThanOrEqual(seen)
  }
  // A code that was accepted before a kill is not accepted after it.
  const codes = accepted.map(({ username, code }) => `${username} ${code}`)
  expect(new Set(codes).size).toBe(codes.length)
})

test('a challenge that was given out before a kill is answered after it', async () => {
  const person = people - 1
  const openings = product.log().split('the console is open').length - 1
  const first = await ask(device, `u${person}`, `p${person}`)
  const state = first.reply?.attributes.find(({ name }) => name === 'State')?.value
  expect(first.reply?.code, `${first.output}\n${product.log()}`).toBe('Access-Challenge')
  process.kill(product.pid(), 'SIGKILL')
  await product.opened(openings + 1)
  // The test before may have used this person's present code: the next one is accepted as well, one step ahead.
  const code = await codeOf(secret, Date.now() + 30_000)
  const second = await ask(device, `u${person}`, code, state)
  expect(second.reply?.code, second.output).toBe('Access-Accept')
})
