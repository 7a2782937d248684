/** `sallyport doctor`: what is wrong with this installation, and how to mend it. */
import { examine } from '../../doctor/examine.ts'
import type { Finding } from '../../doctor/finding.ts'
import { textOption, UsageError, type Command } from '../command.ts'

export const doctor: Command = {
  usage: 'doctor [--json] [--ntp <host>] [--thorough]',
  summary: 'Says what is wrong with this installation, and how to mend it.',
  help: `Looks at the server, ports, clock, DNS, certificates, targets, gateways, disk and database; changes nothing, and prints no
secret. Works while the server runs and while it is stopped; run it as the server’s account, with the server’s environment.
The clock is compared with what is in the database, and with a time server where --ntp names one (UDP, port 123).
Databases above 1 GiB are read through with --thorough alone: that takes a while, and the server goes on meanwhile.
Exits with 1 where something is wrong, with 0 where there are warnings alone.`,
  options: { json: { type: 'boolean' }, ntp: { type: 'string' }, thorough: { type: 'boolean' } },
  async run(given, { config, migrationsDir, terminal, clock }) {
    if (given.positionals.length > 0) throw new UsageError('There is nothing to name.')
    const findings = await examine({
      config: config(),
      migrationsDir,
      clock,
      ntp: textOption(given, 'ntp'),
      thorough: given.values['thorough'] === true,
    })
    const ok = findings.every(({ state }) => state !== 'bad')
    if (given.values['json'] === true) terminal.print(JSON.stringify({ ok, findings }, null, 2))
    else for (const line of linesOf(findings)) terminal.print(line)
    return ok ? 0 : 1
  },
}

const marks: Readonly<Record<Finding['state'], string>> = {
  good: 'good   ',
  warning: 'WARNING',
  bad: 'WRONG  ',
  skipped: '  –    ',
}

function* linesOf(findings: readonly Finding[]): Generator<string> {
  for (const { area, state, message, fix } of findings) {
    yield `${marks[state]}  ${area}: ${message}`
    if (fix !== null && state !== 'good') yield `           → ${fix}`
  }
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length
  yield ''
  yield `${count('bad')} wrong, ${count('warning')} warnings.`
}
