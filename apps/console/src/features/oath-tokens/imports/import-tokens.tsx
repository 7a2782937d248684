/** The dialog that takes a file of tokens in: the file, and what opens it. What would be taken of it is shown on its own page. */
import { Anchor, Select, Text, TextInput } from '@mantine/core'
import { beginImportInput } from '@sallyport/contract'
import { FormDialog, Notice, SecretInput } from '@sallyport/ui'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { FileChoice } from '../../../lib/file-choice.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { sentence, t } from '../../../lib/words.ts'
import { useReadFile } from './import-data.ts'
import './import-words.ts'

const maximumBytes = 256 * 1024 * 1024
const kinds = ['none', 'passphrase', 'key'] as const
const formats = ['detect', 'base32', 'hex'] as const
const template =
  'upn,serial number,secret key,time interval,manufacturer,model\r\n' +
  'jane.doe@example.com,1234567,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,30,Example,T100\r\n'

export function ImportTokens({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [kind, setKind] = useState<(typeof kinds)[number]>('none')
  const [secretFormat, setSecretFormat] = useState<(typeof formats)[number]>('detect')
  const [passphrase, setPassphrase] = useState('')
  const [key, setKey] = useState('')
  const [problem, setProblem] = useState<string>()
  const read = useReadFile()
  const isPskc = file !== null && /\.(xml|pskc|pskcxml)$/i.test(file.name)

  const choose = (chosen: File | null) => {
    setFile(chosen)
    setProblem(chosen !== null && chosen.size > maximumBytes ? t('oath-imports.tooLarge') : undefined)
  }
  const submit = async () => {
    if (file === null) return
    const opens = kind === 'none' ? { kind } : kind === 'passphrase' ? { kind, passphrase } : { kind, key }
    const begin = { fileName: file.name.slice(0, 200), secretFormat, key: opens }
    const parsed = beginImportInput.safeParse(begin)
    setProblem(parsed.success ? undefined : sentence(parsed.error.issues[0]?.message ?? ''))
    if (!parsed.success) return
    try {
      const { id } = await read.mutateAsync({ file, begin })
      await navigate({ to: '/oath-tokens/imports/$id', params: { id } })
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('oath-imports.title')}
      submitLabel={t('oath-imports.read')}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        void submit()
      }}
      pending={read.isPending}
      submitDisabled={file === null || file.size > maximumBytes}
      dirty={passphrase !== '' || key !== ''}
    >
      <Text size="sm">
        {t('oath-imports.text')}{' '}
        <Anchor
          inherit
          underline="always"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}
          download="tokens.csv"
        >
          {t('oath-imports.template')}
        </Anchor>
      </Text>
      <FileChoice
        accept=".csv,.xml,.pskc,.pskcxml,text/csv,text/xml,application/xml,text/plain"
        file={file}
        onChange={choose}
        label={t('oath-imports.choose')}
        none={t('oath-imports.none')}
      />
      <Select
        label={t('oath-imports.key.label')}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: t(`oath-imports.key.${value}`) }))}
        value={kind}
        onChange={(chosen) => setKind(kinds.find((known) => known === chosen) ?? 'none')}
      />
      {kind === 'passphrase' && (
        <SecretInput label={t('oath-imports.passphrase')} value={passphrase} onChange={setPassphrase} />
      )}
      {kind === 'key' && (
        <TextInput
          label={t('oath-imports.aesKey')}
          description={t('oath-imports.aesKeyHint')}
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      )}
      {!isPskc && (
        <Select
          label={t('oath-imports.secretFormat')}
          allowDeselect={false}
          data={formats.map((value) => ({ value, label: t(`oath-imports.format.${value}`) }))}
          value={secretFormat}
          onChange={(chosen) => setSecretFormat(formats.find((known) => known === chosen) ?? 'detect')}
        />
      )}
      <div aria-live="polite">{problem !== undefined && <Notice state="bad" role="alert" title={problem} />}</div>
    </FormDialog>
  )
}
