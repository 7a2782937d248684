/** The dialog that takes a file of users in, or rows that are pasted: what they are is said on their own page. */
import { Anchor, Text, Textarea } from '@mantine/core'
import { FormDialog, Notice } from '@sallyport/ui'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { FileChoice } from '../../../lib/file-choice.tsx'
import { TextLink } from '../../../lib/links.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { t } from '../../../lib/words.ts'
import '../page-words.ts'
import { useUploadFile } from './import-data.ts'

const maximumBytes = 64 * 1024 * 1024
/** Browsers crawl over millions of characters: what is longer comes as a file. */
const longestPaste = 200_000
const template =
  'username,firstName,lastName,email,description,enabled,methods,phone,language\r\n' +
  'jdoe,Jane,Doe,jane.doe@example.com,Contractor until June,true,push oath,+49 30 901820,en\r\n'

export function ImportUsers({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [pasted, setPasted] = useState('')
  const [problem, setProblem] = useState<string>()
  const upload = useUploadFile()
  const isTooLarge = file !== null && file.size > maximumBytes

  const choose = (chosen: File | null) => {
    setFile(chosen)
    setProblem(chosen !== null && chosen.size > maximumBytes ? t('user-imports.tooLarge') : undefined)
  }
  const submit = async () => {
    const content = file ?? new Blob([pasted])
    try {
      const { id } = await upload.mutateAsync({ file: content, fileName: file?.name ?? t('user-imports.pasted') })
      await navigate({ to: '/users/imports/$id', params: { id } })
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={t('user-imports.title')}
      submitLabel={t('user-imports.read')}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        void submit()
      }}
      pending={upload.isPending}
      submitDisabled={isTooLarge || (file === null && pasted.trim() === '')}
      dirty={pasted !== ''}
    >
      <Text size="sm">
        {t('user-imports.text')}{' '}
        <Anchor
          inherit
          underline="always"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}
          download="users.csv"
        >
          {t('user-imports.template')}
        </Anchor>{' '}
        <TextLink to="/users/imports" inherit underline="always">
          {t('user-imports.log')}
        </TextLink>
      </Text>
      <FileChoice
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        file={file}
        onChange={choose}
        label={t('user-imports.choose')}
        none={t('user-imports.none')}
      />
      {file === null && (
        <Textarea
          label={t('user-imports.paste')}
          placeholder={template}
          autosize
          minRows={4}
          maxRows={8}
          maxLength={longestPaste}
          spellCheck={false}
          styles={{
            input: { fontFamily: 'var(--mantine-font-family-monospace)', whiteSpace: 'pre', overflowX: 'auto' },
          }}
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
      )}
      <div aria-live="polite">{problem !== undefined && <Notice state="bad" role="alert" title={problem} />}</div>
    </FormDialog>
  )
}
