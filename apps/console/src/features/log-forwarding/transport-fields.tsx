/** The fields of a receiver that its transport decides: where it is, how it proves itself, and in what words it is told. */
import {
  logFacility,
  logFormat,
  logLayout,
  type CreateLogReceiverInput,
  type LogReceiverView,
} from '@sallyport/contract'
import type { Control } from 'react-hook-form'
import { useWatch } from 'react-hook-form'
import { CheckField, NumberField, SelectField, TextAreaField } from '../../lib/fields.tsx'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { LogReceiverValues } from './log-receiver-values.ts'
import './page-words.ts'

export interface TransportFieldsProps {
  readonly control: Control<LogReceiverValues, unknown, CreateLogReceiverInput>
  readonly disabled: boolean
  readonly receiver: LogReceiverView | undefined
}

const pemStyles = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }
const word = (key: string) => t(`log-forwarding.dialog.${key}`)

export function TransportFields({ control, disabled, receiver }: TransportFieldsProps) {
  const transport = useWatch({ control, name: 'configuration.transport' })
  const certificatePem = useWatch({ control, name: 'configuration.certificatePem' })
  const headerName = useWatch({ control, name: 'configuration.headerName' })
  const field = { control, disabled }
  const pem = { ...field, autosize: true, minRows: 2, maxRows: 8, spellCheck: false, styles: pemStyles }
  const authority = (
    <TextAreaField {...pem} name="configuration.caPem" label={word('caPem')} description={word('caPemHint')} />
  )
  if (transport === 'https') {
    return (
      <>
        <TextField
          {...field}
          name="configuration.url"
          label={word('url')}
          placeholder="https://"
          required
          autoComplete="off"
        />
        <TextField
          {...field}
          name="configuration.headerName"
          label={word('headerName')}
          description={word('headerNameHint')}
          placeholder="Authorization"
          autoComplete="off"
        />
        {headerName.trim() !== '' && (
          <SecretField
            {...field}
            name="headerValue"
            emptyIsAbsent
            label={word('headerValue')}
            description={word(receiver?.hasHeaderValue === true ? 'secretKept' : 'headerValueHint')}
          />
        )}
        <SelectField
          {...field}
          name="configuration.layout"
          label={word('layout')}
          data={logLayout.options.map((value) => ({ value, label: t(`log-forwarding.layout.${value}`) }))}
        />
        <CheckField {...field} name="configuration.gzip" label={word('gzip')} />
        {authority}
      </>
    )
  }
  return (
    <>
      <TextField {...field} name="configuration.host" label={word('host')} required autoComplete="off" />
      <NumberField {...field} name="configuration.port" label={word('port')} required maw="12rem" />
      <SelectField
        {...field}
        name="configuration.format"
        label={word('format')}
        data={logFormat.options.map((value) => ({ value, label: t(`log-forwarding.format.${value}`) }))}
      />
      <SelectField
        {...field}
        name="configuration.facility"
        label={word('facility')}
        description={word('facilityHint')}
        data={[...logFacility.options]}
        maw="12rem"
      />
      {transport === 'tls' && (
        <>
          {authority}
          <TextAreaField
            {...pem}
            name="configuration.certificatePem"
            label={word('certificatePem')}
            description={word('certificatePemHint')}
          />
          {certificatePem.trim() !== '' && (
            <TextAreaField
              {...pem}
              name="privateKey"
              label={word('privateKey')}
              description={word(receiver?.hasPrivateKey === true ? 'secretKept' : 'privateKeyHint')}
            />
          )}
        </>
      )}
    </>
  )
}
