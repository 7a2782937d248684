/** The dialogs that choose a certificate: pasted, in files on the server, or made here. */
import { TagsInput, Text } from '@mantine/core'
import { certificateFilesInput, pasteCertificateInput, selfSignedInput } from '@sallyport/contract'
import { useController, type Control } from 'react-hook-form'
import type { z } from 'zod'
import { NumberField, TextAreaField } from '../../lib/fields.tsx'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { sentence, t } from '../../lib/words.ts'
import { useCertificateFiles, usePasteCertificate, useSelfSigned } from './certificate-data.ts'
import { ChoiceDialog, type ChoiceProps } from './choice-dialog.tsx'
import './page-words.ts'

const own = { listener: true, version: true } as const
const pasteSchema = pasteCertificateInput.omit(own)
const filesSchema = certificateFilesInput.omit(own)
const selfSchema = selfSignedInput.omit(own)
const mono = { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } } }
const area = { autosize: true, minRows: 3, maxRows: 8, spellCheck: false, ...mono }
const usualDays = 397

export function PasteDialog(props: ChoiceProps) {
  const paste = usePasteCertificate()
  return (
    <ChoiceDialog
      {...props}
      how="paste"
      schema={pasteSchema}
      valuesOf={() => ({ certificatePem: '', keyPem: '', passphrase: undefined })}
      save={(values) => paste.mutateAsync(values)}
    >
      {(control) => (
        <>
          <TextAreaField
            {...{ ...area, control, name: 'certificatePem' }}
            label={t('certificates.paste.certificate')}
            description={t('certificates.paste.certificateHint')}
          />
          <TextAreaField
            {...{ ...area, control, name: 'keyPem', autoComplete: 'off' }}
            label={t('certificates.paste.key')}
            description={t('certificates.paste.keyHint')}
          />
          <SecretField
            {...{ control, name: 'passphrase', emptyIsAbsent: true }}
            label={t('certificates.paste.passphrase')}
            description={t('certificates.paste.passphraseHint')}
          />
        </>
      )}
    </ChoiceDialog>
  )
}

export function FilesDialog(props: ChoiceProps) {
  const point = useCertificateFiles()
  return (
    <ChoiceDialog
      {...props}
      how="files"
      schema={filesSchema}
      valuesOf={({ certificateFile, keyFile }) => ({ certificateFile: certificateFile ?? '', keyFile: keyFile ?? '' })}
      save={(values) => point.mutateAsync(values)}
    >
      {(control) => (
        <>
          <TextField
            {...{ control, name: 'certificateFile', spellCheck: false }}
            label={t('certificates.files.certificate')}
            description={t('certificates.files.certificateHint')}
          />
          <TextField
            {...{ control, name: 'keyFile', spellCheck: false }}
            label={t('certificates.files.key')}
            description={t('certificates.files.keyHint')}
          />
        </>
      )}
    </ChoiceDialog>
  )
}

export function SelfSignedDialog(props: ChoiceProps) {
  const make = useSelfSigned()
  return (
    <ChoiceDialog
      {...props}
      how="self"
      isReady
      schema={selfSchema}
      valuesOf={({ suggestedNames }) => ({ names: suggestedNames, days: usualDays })}
      save={(values) => make.mutateAsync(values)}
    >
      {(control) => (
        <>
          <NamesField control={control} />
          <NumberField
            {...{ control, name: 'days', maw: '10rem' }}
            label={t('certificates.self.days')}
            description={t('certificates.self.daysHint')}
          />
          <Text size="sm" c="dimmed">
            {t('certificates.self.text')}
          </Text>
        </>
      )}
    </ChoiceDialog>
  )
}

interface NamesFieldProps {
  readonly control: Control<z.input<typeof selfSchema>, unknown, z.output<typeof selfSchema>>
}

function NamesField({ control }: NamesFieldProps) {
  const { field, fieldState } = useController({ control, name: 'names' })
  // The list has an error of its own, or the first of its names that has one.
  const error: unknown = fieldState.error
  const wrong = (Array.isArray(error) ? error.find((each) => each !== undefined) : error) as
    { readonly message?: string } | undefined
  return (
    <TagsInput
      {...field}
      label={t('certificates.self.names')}
      description={t('certificates.self.namesHint')}
      maxTags={50}
      acceptValueOnBlur
      error={wrong?.message === undefined ? null : sentence(wrong.message)}
    />
  )
}
