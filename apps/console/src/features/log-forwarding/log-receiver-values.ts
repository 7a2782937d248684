/** What the form of a receiver holds: the fields of every transport side by side, of which those of the chosen one are sent. */
import {
  createLogReceiverInput,
  type CreateLogReceiverInput,
  type LogFacility,
  type LogFormat,
  type LogReceiverView,
  type LogTransport,
} from '@sallyport/contract'
import { z } from 'zod'

export interface LogReceiverValues extends Omit<CreateLogReceiverInput, 'configuration'> {
  configuration: {
    transport: LogTransport
    host: string
    port: number | undefined
    format: LogFormat
    facility: LogFacility
    url: string
    /** Empty: none. */
    headerName: string
    layout: 'lines' | 'array'
    gzip: boolean
    caPem: string
    certificatePem: string
  }
}

/** What each transport is reached at unless somebody changed it. */
export const usualPorts = { udp: 514, tcp: 601, tls: 6514 } as const

export const logReceiverForm: z.ZodType<CreateLogReceiverInput, LogReceiverValues> = z
  .custom<LogReceiverValues>()
  .transform(({ configuration, ...values }) => ({ ...values, configuration: narrowed(configuration) }))
  .pipe(createLogReceiverInput)

function narrowed(configuration: LogReceiverValues['configuration']): unknown {
  const { transport, host, port, format, facility, url, headerName, layout, gzip, ...pem } = configuration
  const caPem = orNull(pem.caPem)
  if (transport === 'https') return { transport, url, headerName: orNull(headerName), layout, gzip, caPem }
  const syslog = { transport, host, port, format, facility }
  return transport === 'tls' ? { ...syslog, caPem, certificatePem: orNull(pem.certificatePem) } : syslog
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text
}

export function valuesOf(receiver: LogReceiverView | undefined): LogReceiverValues {
  const { caPem, certificatePem, headerName, ...saved } = {
    caPem: null,
    certificatePem: null,
    headerName: null,
    ...receiver?.configuration,
  }
  return {
    name: receiver?.name ?? '',
    enabled: receiver?.enabled ?? true,
    signIns: receiver?.signIns ?? true,
    questions: receiver?.questions ?? false,
    changes: receiver?.changes ?? true,
    accounting: receiver?.accounting ?? false,
    headerValue: undefined,
    privateKey: undefined,
    configuration: {
      transport: 'tls',
      host: '',
      port: usualPorts.tls,
      format: 'structured-data',
      facility: 'authpriv',
      url: '',
      layout: 'lines',
      gzip: true,
      ...saved,
      caPem: caPem ?? '',
      certificatePem: certificatePem ?? '',
      headerName: headerName ?? '',
    },
  }
}
