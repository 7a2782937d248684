/** The server's environment, parsed once into a configuration that needs no further checking. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'

import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const loopback: readonly string[] = ['127.0.0.1', '::1']
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const environment = z
  .object({
    SALLYPORT_DATA_DIR: z.string().min(1).default('.data'),
    SALLYPORT_CONSOLE_ADDRESS: z.string().refine(isIP, 'must be an IP address').default('127.0.0.1'),
    SALLYPORT_CONSOLE_PORT: port.default(8080),
    /** Where browsers find the console; passkeys are bound to it. */
    SALLYPORT_CONSOLE_URL: z
      .url({ protocol: /^https?$/, error: 'must be a URL such as https://console.example.com' })
      .refine((url) => isOrigin(url), 'must be a scheme, a name and perhaps a port: nothing after that')
      .optional(),
    SALLYPORT_CONSOLE_TLS_CERTIFICATE: z.string().min(1).optional(),
    SALLYPORT_CONSOLE_TLS_KEY: z.string().min(1).optional(),
    SALLYPORT_BEHIND_TLS_PROXY: flag.default(false),
    SALLYPORT_PORTAL_ADDRESS: z.string().refine(isIP, 'must be an IP address').default('127.0.0.1'),
    SALLYPORT_PORTAL_PORT: port.default(8081),
    SALLYPORT_PORTAL_TLS_CERTIFICATE: z.string().min(1).optional(),
    SALLYPORT_PORTAL_TLS_KEY: z.string().min(1).optional(),
    SALLYPORT_PORTAL_BEHIND_TLS_PROXY: flag.default(false),
    /** Where phones and browsers find the portal. */
    SALLYPORT_PORTAL_URL: z
      .url({ protocol: /^https?$/, error: 'must be a URL such as https://mfa.example.com' })
      .refine((url) => isOrigin(url), 'must be a scheme, a name and perhaps a port: nothing after that')
      .optional(),
    SALLYPORT_RADIUS_ADDRESSES: z
      .string()
      .default('0.0.0.0,::')
      .transform((list) => list.split(',').map((address) => address.trim()))
      .refine((addresses) => addresses.every((address) => isIP(address)), 'must be IP addresses with commas between'),
    /** For tests, whose push service is on this machine: refused where phones reach the portal. */
    SALLYPORT_PUSH_TO_LOOPBACK: flag.default(false),
    /** Read by main alone, before anything else. */
    SALLYPORT_UNSUPERVISED: flag.default(false),
    SALLYPORT_SAMPLE_SITE: flag.default(false),
    /** Where Samba’s ntlm_auth and wbinfo are. */
    SALLYPORT_SAMBA_FOLDER: z.string().min(1).default('/usr/bin'),
    SALLYPORT_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((values, context) => {
    for (const app of ['CONSOLE', 'PORTAL'] as const) {
      const certificate = values[`SALLYPORT_${app}_TLS_CERTIFICATE`]
      const key = values[`SALLYPORT_${app}_TLS_KEY`]
      if ((certificate === undefined) !== (key === undefined)) {
        const missing = `SALLYPORT_${app}_TLS_${key === undefined ? 'KEY' : 'CERTIFICATE'}`
        context.addIssue({ code: 'custom', path: [missing], message: 'is needed too: certificate and key go together' })
      }
      const proxy = app === 'CONSOLE' ? 'SALLYPORT_BEHIND_TLS_PROXY' : 'SALLYPORT_PORTAL_BEHIND_TLS_PROXY'
      if (!loopback.includes(values[`SALLYPORT_${app}_ADDRESS`]) && certificate === undefined && !values[proxy]) {
        const message = `may leave loopback only with TLS: set SALLYPORT_${app}_TLS_CERTIFICATE and SALLYPORT_${app}_TLS_KEY, or ${proxy}=1 where a proxy provides it`
        context.addIssue({ code: 'custom', path: [`SALLYPORT_${app}_ADDRESS`], message })
      }
    }
    const { SALLYPORT_PORTAL_URL: url, SALLYPORT_PORTAL_BEHIND_TLS_PROXY: behindProxy } = values
    const leavesLoopback = behindProxy || !loopback.includes(values.SALLYPORT_PORTAL_ADDRESS)
    if (values.SALLYPORT_PUSH_TO_LOOPBACK && (leavesLoopback || url !== undefined)) {
      // A device names the address that is pushed to: with this, one that is not ours could reach what listens on this machine.
      const message = 'is for tests, and only where the portal is reached from this machine alone'
      context.addIssue({ code: 'custom', path: ['SALLYPORT_PUSH_TO_LOOPBACK'], message })
    }
    if (url === undefined && leavesLoopback) {
      const message = 'is needed: where phones find the portal, such as https://mfa.example.com'
      context.addIssue({ code: 'custom', path: ['SALLYPORT_PORTAL_URL'], message })
    }
  })

/** Where an app is served. */
export interface ListenerConfig {
  readonly address: string
  /** 0 takes one that is free. */
  readonly port: number
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null
  readonly behindTlsProxy: boolean
}

export interface Config {
  /** Absolute. */
  readonly dataDir: string
  readonly console: ListenerConfig & {
    /** The origin that browsers use; null: not said. */
    readonly publicUrl: string | null
  }
  readonly portal: ListenerConfig & {
    /** The origin that people's browsers use; null: the one that it listens on. */
    readonly publicUrl: string | null
  }
  /** True: a push may go to this machine. */
  readonly pushToLoopback: boolean
  readonly radiusAddresses: readonly string[]
  readonly sampleSite: boolean
  /** Absolute. */
  readonly sambaFolder: string
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug'
}

/** Every bad variable, named at once. */
export class ConfigError extends Error {
  readonly code = 'bad-environment'
}

/** Parses the environment; unknown variables that start with SALLYPORT_ are refused, for they are misspelt ones. */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const unknown = Object.keys(variables).filter((name) => name.startsWith('SALLYPORT_') && !(name in environment.shape))
  const parsed = environment.safeParse(variables)
  const problems = [
    ...unknown.map((name) => `${name} is not a setting of this version`),
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`),
  ]
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`The environment cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
  const values = parsed.data
  return {
    dataDir: resolve(values.SALLYPORT_DATA_DIR),
    console: {
      address: values.SALLYPORT_CONSOLE_ADDRESS,
      port: values.SALLYPORT_CONSOLE_PORT,
      tls: tlsFiles(values.SALLYPORT_CONSOLE_TLS_CERTIFICATE, values.SALLYPORT_CONSOLE_TLS_KEY),
      behindTlsProxy: values.SALLYPORT_BEHIND_TLS_PROXY,
      publicUrl: values.SALLYPORT_CONSOLE_URL === undefined ? null : new URL(values.SALLYPORT_CONSOLE_URL).origin,
    },
    portal: {
      address: values.SALLYPORT_PORTAL_ADDRESS,
      port: values.SALLYPORT_PORTAL_PORT,
      tls: tlsFiles(values.SALLYPORT_PORTAL_TLS_CERTIFICATE, values.SALLYPORT_PORTAL_TLS_KEY),
      behindTlsProxy: values.SALLYPORT_PORTAL_BEHIND_TLS_PROXY,
      publicUrl: values.SALLYPORT_PORTAL_URL === undefined ? null : new URL(values.SALLYPORT_PORTAL_URL).origin,
    },
    pushToLoopback: values.SALLYPORT_PUSH_TO_LOOPBACK,
    radiusAddresses: values.SALLYPORT_RADIUS_ADDRESSES,
    sampleSite: values.SALLYPORT_SAMPLE_SITE,
    sambaFolder: resolve(values.SALLYPORT_SAMBA_FOLDER),
    logLevel: values.SALLYPORT_LOG_LEVEL,
  }
}

function tlsFiles(certificateFile: string | undefined, keyFile: string | undefined): ListenerConfig['tls'] {
  return certificateFile === undefined || keyFile === undefined ? null : { certificateFile, keyFile }
}

function isOrigin(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { pathname, search, hash, username, password } = new URL(url)
  return pathname === '/' && search + hash + username + password === ''
}
