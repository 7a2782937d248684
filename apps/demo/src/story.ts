/** The demonstration as a story: a directory, a server, an administrator, a VPN device, and then the newcomer's turn. */
import { randomInt } from 'node:crypto'

import { api } from '@sallyport/contract'
import { generateSync } from 'otplib'

import { becomeAdministrator, type Administrator } from './administrator.ts'
import type { Dialogue } from './dialogue.ts'
import type { Paper } from './paper.ts'
import { freeUdpPort, preferTcpPort } from './ports.ts'
import { runPrompt, showAccess, showOutcome, showPeople } from './prompt.ts'
import { findNewest, inWords, readLatest } from './reports.ts'
import { startSampleDirectory } from './sample-directory.ts'
import { samplePeople } from './sample-people.ts'
import { setUpSite } from './sample-site.ts'
import { startServerProcess, type ServerReady } from './server-process.ts'
import { createVpnDevice, type VpnDevice } from './vpn-device.ts'

export interface StoryParts {
  readonly paper: Paper
  /** The built server's main file. */
  readonly serverEntry: string
  /** An empty folder for the server's data. */
  readonly dataDir: string
  /** What the server's process inherits of the environment. */
  readonly environment: NodeJS.ProcessEnv
  /** Opens the dialogue of the newcomer's turn; absent: the story ends before it. */
  readonly openDialogue?: () => Dialogue
  /** Hears how to close each thing as soon as it is open. */
  readonly onOpened: (close: () => Promise<void>) => void
  /** Hears that the server has ended, for whatever reason. */
  readonly onServerEnded: (lastLines: string) => void
}

const consolePort = 8080
const portalPort = 8081

export async function tellStory(parts: StoryParts): Promise<void> {
  const { paper, onOpened } = parts
  paper.title(
    'Sallyport, with a sample site',
    'Everything here is made up, stays on this computer, and is gone at the end.',
  )

  paper.step('A directory, where the passwords are')
  const directory = await startSampleDirectory(samplePeople, drawSecret())
  onOpened(() => directory.close())
  paper.done(`${directory.url} with ${samplePeople.length} people below ${directory.baseDn}`)

  paper.step('The server')
  const { consoleUrl, setUpCode } = await startServer(parts)
  paper.done(`its console is at ${consoleUrl}`)
  paper.done('its log shows a set-up code, for whoever is to administer it')

  paper.step('An administrator sets it up, by the calls that the console makes')
  const credentials = { username: 'admin', password: drawSecret() }
  const administrator = await becomeAdministrator(consoleUrl, setUpCode, credentials)
  // Everything here is made up, and the password is printed: whoever tries it out comes in by that alone.
  const policy = await administrator.call(api.administrators.readPolicy)
  await administrator.call(api.administrators.changePolicy, { body: { ...policy, secondFactorRequired: false } })
  paper.done(`the first administrator, ${credentials.username}, by that set-up code`)
  const radiusPort = await freeUdpPort()
  const sharedSecret = drawSecret()
  const report = (done: string) => paper.done(done)
  const { tokens } = await setUpSite(
    administrator,
    { directory, people: samplePeople, sharedSecret, radiusPort },
    report,
  )

  const device = createVpnDevice({
    port: radiusPort,
    sharedSecret,
    observer: {
      sent: (code, fields) => paper.packet('→', `${paper.paint('bold', code)} to 127.0.0.1:${radiusPort}`, fields),
      received: (code, fields, roundTripMs) =>
        paper.packet('←', `${paper.paint('bold', code)} after ${roundTripMs.toFixed(1)} ms`, fields),
    },
  })
  onOpened(() => device.close())
  const shown = new Set<string>()
  const explain = async (username: string) => {
    const row = await findNewest(administrator, username, shown)
    if (row) shown.add(row.id)
    return row && inWords(row)
  }
  await showSignIns({ paper, device, administrator, tokens, explain })

  paper.heading('The console')
  const access = [
    ['address', consoleUrl],
    ['user name', credentials.username],
    ['password', credentials.password],
  ] as const
  showAccess(paper, access)
  if (!parts.openDialogue) return

  paper.heading('Your turn: sign one of these people in, with the code that the console shows')
  showPeople(paper, samplePeople)
  paper.line()
  paper.line('Sign in to the console and open OATH Tokens: there, a token of the sample site shows its code.')
  paper.line(`${paper.paint('bold', 'help')}, ${paper.paint('bold', 'users')}, ${paper.paint('bold', 'quit')}`)
  const dialogue = parts.openDialogue()
  await runPrompt({
    paper,
    dialogue,
    people: samplePeople,
    access,
    signIn: (...given) => device.signIn(...given),
    explain,
  })
}

async function startServer(parts: StoryParts): Promise<ServerReady> {
  // A well-known port is for people; stories that nobody stays to look at may be told side by side.
  const port = parts.openDialogue ? await preferTcpPort(consolePort) : 0
  const server = startServerProcess({
    entry: parts.serverEntry,
    environment: {
      ...parts.environment,
      SALLYPORT_DATA_DIR: parts.dataDir,
      SALLYPORT_SAMPLE_SITE: '1',
      SALLYPORT_UNSUPERVISED: '1',
      SALLYPORT_CONSOLE_PORT: String(port),
      SALLYPORT_PORTAL_PORT: String(parts.openDialogue ? await preferTcpPort(portalPort) : 0),
      SALLYPORT_RADIUS_ADDRESSES: '127.0.0.1',
      SALLYPORT_LOG_LEVEL: 'info',
    },
  })
  parts.onOpened(() => server.stop())
  void server.ended.then(parts.onServerEnded)
  return server.ready
}

interface Scene {
  readonly paper: Paper
  readonly device: VpnDevice
  readonly administrator: Administrator
  readonly tokens: ReadonlyMap<string, string>
  readonly explain: (username: string) => Promise<string | undefined>
}

/** One person gets in; somebody who saw the password and the code being typed does not. */
async function showSignIns({ paper, device, administrator, tokens, explain }: Scene): Promise<void> {
  const [person] = samplePeople
  const secret = person && tokens.get(person.username)
  if (!person || secret === undefined) throw new Error('The sample site has nobody with a token.')
  const { username, password } = person

  paper.step(`A VPN device signs ${username} in`)
  paper.line(`${username} types the password ${password}, and then what the token shows.`)
  let code = ''
  const first = await device.signIn(username, password, (prompt) => {
    code = generateSync({ secret })
    paper.line()
    paper.line(`“${prompt}” ${username}’s token shows ${paper.paint('bold', code)}.`)
    return Promise.resolve(code)
  })
  showOutcome(paper, username, first)
  if (first.kind !== 'accepted') throw new Error(`${username} should have been let in, and was not.`)
  await explain(username)

  paper.step('Somebody has seen both, and tries them again')
  paper.line(`The password and the same code, this time in one line: ${password},${code}`)
  const second = await device.signIn(username, `${password},${code}`, () => Promise.resolve(undefined))
  showOutcome(paper, username, second)
  if (second.kind === 'accepted') throw new Error('A code was taken twice.')
  await explain(username)

  paper.step('What the administrator sees under Reports')
  const rows = await readLatest(administrator, 10)
  paper.table(
    rows.map((row) => [
      new Date(row.at).toLocaleTimeString(undefined, { hour12: false }),
      row.username,
      row.client?.name ?? row.clientAddress,
      `from ${row.callingStation ?? 'somewhere'}`,
      inWords(row),
    ]),
  )
}

/** Without letters and digits that look alike; 20 of them have over 95 random bits. */
function drawSecret(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const draw = () => Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return [draw(), draw(), draw(), draw()].join('-')
}
