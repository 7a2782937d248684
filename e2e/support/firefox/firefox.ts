/** Debian's Firefox, which Playwright cannot drive: started with a profile of its own, nothing reachable but this machine. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createAlerts, type Alerts } from './alerts.ts'
import { connectBidi } from './bidi.ts'
import { pages, type FirefoxPage } from './page.ts'
import { until } from './until.ts'

export interface Firefox {
  /** Resolves with a tab whose address starts like this, once there is one. */
  readonly tabAt: (start: string) => Promise<FirefoxPage>
  /** The notifications that it shows, as its user meets them. */
  readonly alerts: Alerts
  /** Ends it and deletes its profile. */
  readonly remove: () => Promise<void>
}

/** @param pushServiceUrl the WebSocket of the push service, in the place of its maker's */
export async function startFirefox(pushServiceUrl: string): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'sallyport-firefox-'))
  const preferences = Object.entries(preferencesWith(pushServiceUrl))
  const lines = preferences.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  // System access: a notification is a window of the browser's own, which a page's session cannot click.
  const own = ['--headless', '--no-remote', '--remote-debugging-port=0', '--remote-allow-system-access']
  const child = spawn('/usr/bin/firefox-esr', [...own, '--profile', profile, 'about:blank'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let close: () => Promise<unknown> = () => Promise.resolve(child.kill('SIGTERM'))
  const remove = async () => {
    await end(child, close)
    // Its last process may still be writing.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    const bidi = await connectBidi(`${await listening(child)}/session`)
    close = () => bidi.send('browser.close')
    const tabAt = (start: string) =>
      until(
        async () => (await pages(bidi)).find(({ url }) => url.startsWith(start))?.page,
        () => `no tab at ${start}`,
      )
    return { tabAt, alerts: createAlerts(bidi), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

function preferencesWith(pushServiceUrl: string): Readonly<Record<string, string | number | boolean>> {
  return {
    'dom.push.serverURL': pushServiceUrl,
    'dom.push.testing.allowInsecureServerURL': true,
    'dom.push.connection.enabled': true,
    'permissions.default.desktop-notification': 1,
    'dom.webnotifications.actions.enabled': true,
    // Notifications in windows of its own: no desktop is needed that shows them.
    'alerts.useSystemBackend': false,
    'intl.accept_languages': 'en-GB, en',
    // Whatever it wants to ask of its maker meets a closed port; loopback goes past the proxy.
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': 9,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': 9,
  }
}

/** Resolves with the address that it says it listens on. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`Firefox does not listen:\n${said}`)), 60_000)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`Firefox ended:\n${said}`)))
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    })
  })
}

async function end(child: ChildProcess, close: () => Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const lastResort = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await close().catch(() => child.kill('SIGKILL'))
  await ended
  clearTimeout(lastResort)
}
