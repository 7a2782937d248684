/** The server's environment, parsed once into a configuration that needs no further checking. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'

import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const environment = z
  .object({
    SALLYPORT_DATA_DIR: z.string().min(1).default('.data'),
    SALLYPORT_CONSOLE_ADDRESS: z.string().refine(isIP, 'must be an IP address').default('127.0.0.1'),
    SALLYPORT_CONSOLE_PORT: port.default(8080),
    SALLYPORT_CONSOLE_TLS_CERTIFICATE: z.string().min(1).optional(),
    SALLYPORT_CONSOLE_TLS_KEY: z.string().min(1).optional(),
    SALLYPORT_BEHIND_TLS_PROXY: flag.default(false),
    SALLYPORT_RADIUS_ADDRESSES: z
      .string()
      .default('0.0.0.0,::')
      .transform((list) => list.split(',').map((address) => address.trim()))
      .refine((addresses) => addresses.every((address) => isIP(address)), 'must be IP addresses with commas between'),
    /** Read by main alone, before anything else. */
    SALLYPORT_UNSUPERVISED: flag.default(false),
    SALLYPORT_SAMPLE_SITE: flag.default(false),
    /** Where Samba’s ntlm_auth and wbinfo are. */
    SALLYPORT_SAMBA_FOLDER: z.string().min(1).default('/usr/bin'),
    SALLYPORT_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((values, context) => {
    const { SALLYPORT_CONSOLE_TLS_CERTIFICATE: certificate, SALLYPORT_CONSOLE_TLS_KEY: key } = values
    if ((certificate === undefined) !== (key === undefined)) {
      const missing = key === undefined ? 'SALLYPORT_CONSOLE_TLS_KEY' : 'SALLYPORT_CONSOLE_TLS_CERTIFICATE'
      context.addIssue({ code: 'custom', path: [missing], message: 'is needed too: certificate and key go together' })
    }
    const loopback = ['127.0.0.1', '::1'].includes(values.SALLYPORT_CONSOLE_ADDRESS)
    if (!loopback && certificate === undefined && !values.SALLYPORT_BEHIND_TLS_PROXY) {
      const message =
        'may leave loopback only with TLS: set SALLYPORT_CONSOLE_TLS_CERTIFICATE and SALLYPORT_CONSOLE_TLS_KEY, or SALLYPORT_BEHIND_TLS_PROXY=1 where a proxy provides it'
      context.addIssue({ code: 'custom', path: ['SALLYPORT_CONSOLE_ADDRESS'], message })
    }
  })

export interface Config {
  /** Absolute. */
  readonly dataDir: string
  readonly console: {
    readonly address: string
    /** 0 takes one that is free. */
    readonly port: number
    readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null
    readonly behindTlsProxy: boolean
  }
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
  const { SALLYPORT_CONSOLE_TLS_CERTIFICATE: certificateFile, SALLYPORT_CONSOLE_TLS_KEY: keyFile } = values
  return {
    dataDir: resolve(values.SALLYPORT_DATA_DIR),
    console: {
      address: values.SALLYPORT_CONSOLE_ADDRESS,
      port: values.SALLYPORT_CONSOLE_PORT,
      tls: certificateFile === undefined || keyFile === undefined ? null : { certificateFile, keyFile },
      behindTlsProxy: values.SALLYPORT_BEHIND_TLS_PROXY,
    },
    radiusAddresses: values.SALLYPORT_RADIUS_ADDRESSES,
    sampleSite: values.SALLYPORT_SAMPLE_SITE,
    sambaFolder: resolve(values.SALLYPORT_SAMBA_FOLDER),
    logLevel: values.SALLYPORT_LOG_LEVEL,
  }
}
