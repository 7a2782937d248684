/** The dialog *Import CSV*: choose or paste, see what would happen line by line, then import all of it or nothing. */
import { Anchor, Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import type { ImportUsersResult } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { IconFileUpload } from '@tabler/icons-react'
import { useState, type SubmitEvent } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { ImportProblems } from './import-problems.tsx'
import { useImportUsers } from './mutations.ts'

/** The contract’s own limit, in characters. */
const maximumLength = 8_000_000
/** What the text field shows at most: browsers crawl over millions of characters. */
const shownLength = 200_000

const template =
  'username,firstName,lastName,email,description,enabled\r\n' +
  'jdoe,Jane,Doe,jane.doe@example.com,Contractor until June,true\r\n'

export function ImportUsers({ onClose }: { readonly onClose: () => void }) {
  const [csv, setCsv] = useState('')
  const [fileName, setFileName] = useState<string>()
  const [checked, setChecked] = useState<ImportUsersResult>()
  const [problem, setProblem] = useState<string>()
  const run = useImportUsers()
  const ready = checked !== undefined && checked.problems.length === 0 && checked.added > 0

  const put = (text: string, name: string | undefined) => {
    setCsv(text)
    setFileName(name)
    setChecked(undefined)
    setProblem(text.length > maximumLength ? t('users.import.tooLong') : undefined)
  }
  const send = async (text: string, dryRun: boolean) => {
    setProblem(undefined)
    try {
      const result = await run.mutateAsync({ csv: text, dryRun })
      setChecked(result)
      if (!result.applied) return
      notifyDone(t('users.import.done', { count: result.added, formatted: numeral(result.added) }))
      onClose()
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  const choose = async (file: File | null) => {
    if (file === null) return
    const text = await file.text()
    put(text, file.name)
    if (text.length <= maximumLength) await send(text, true)
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void send(csv, !ready)
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="xl"
      title={t('users.import.title')}
      submitLabel={
        ready
          ? t('users.import.submit', { count: checked.added, formatted: numeral(checked.added) })
          : t('users.import.check')
      }
      onSubmit={submit}
      pending={run.isPending}
      submitDisabled={csv.trim() === '' || csv.length > maximumLength}
      dirty={csv !== ''}
    >
      <Text size="sm">
        {t('users.import.text')}{' '}
        <Anchor
          inherit
          underline="always"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}
          download="users.csv"
        >
          {t('users.import.template')}
        </Anchor>
      </Text>
      <Group gap="sm">
        <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />} data-autofocus>
              {t('users.import.choose')}
            </Button>
          )}
        </FileButton>
        {fileName !== undefined && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {fileName}
          </Text>
        )}
      </Group>
      {csv.length > shownLength ? (
        <Text size="sm" c="dimmed">
          {t('users.import.long', { formatted: numeral(csv.length) })}
        </Text>
      ) : (
        <Textarea
          label={t('users.import.paste')}
          placeholder={template}
          autosize
          minRows={4}
          maxRows={8}
          spellCheck={false}
          styles={{
            input: { fontFamily: 'var(--mantine-font-family-monospace)', whiteSpace: 'pre', overflowX: 'auto' },
          }}
          value={csv}
          onChange={(event) => put(event.currentTarget.value, undefined)}
        />
      )}
      <Stack gap="sm" aria-live="polite">
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        {checked !== undefined && checked.problems.length > 0 && <ImportProblems problems={checked.problems} />}
        {checked !== undefined && checked.problems.length === 0 && <Outlook result={checked} />}
      </Stack>
    </FormDialog>
  )
}

/** What the import will do. */
function Outlook({ result: { added, alreadyThere } }: { readonly result: ImportUsersResult }) {
  return (
    <Notice
      state={added > 0 ? 'good' : 'neutral'}
      title={
        added > 0
          ? t('users.import.wouldAdd', { count: added, formatted: numeral(added) })
          : t('users.import.wouldAddNobody')
      }
    >
      {alreadyThere > 0 && t('users.import.alreadyThere', { count: alreadyThere, formatted: numeral(alreadyThere) })}
    </Notice>
  )
}

function numeral(count: number): string {
  return count.toLocaleString(language())
}
