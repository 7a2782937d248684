/** Says what the columns of a file are: its encoding and delimiter with a preview, a field for each column. */
import { Group, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import {
  api,
  importDelimiter,
  importEncoding,
  userImportField,
  type EndpointResponse,
  type UserImport,
  type UserImportField,
} from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { GuardedButton } from '../../../lib/guarded-button.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { sentence, t } from '../../../lib/words.ts'
import { columnsQuery, useCheckImport, type FileForm } from './import-data.ts'
import '../page-words.ts'

type Column = EndpointResponse<typeof api.userImports.columns>['columns'][number]
const ignored = 'ignore'

export function ImportMapping({ found, onChecked }: { readonly found: UserImport; readonly onChecked: () => void }) {
  const { id, mapping } = found
  const [form, setForm] = useState<FileForm>({ encoding: mapping.encoding, delimiter: mapping.delimiter })
  const [countryCode, setCountryCode] = useState(mapping.countryCode)
  const [chosen, setChosen] = useState<readonly (UserImportField | null)[]>(mapping.fields)
  const [problem, setProblem] = useState<string>()
  const { data, error, refetch } = useQuery(columnsQuery(id, form))
  const check = useCheckImport(id)
  if (data === undefined) {
    if (error === null) return <LoadingPanel />
    return (
      <ErrorPanel title={t('user-imports.mapping.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
    )
  }
  // Read in another way, a file has other columns: what was said of the former ones is not about them.
  const fields = chosen.length === data.columns.length ? chosen : data.columns.map(({ guess }) => guess)
  const change = (next: FileForm) => {
    setForm((before) => ({ ...before, ...next }))
    setChosen([])
    setProblem(undefined)
  }
  const say = (at: number, field: UserImportField | null) => {
    // A column that was this until now is none any more.
    setChosen(fields.map((known, index) => (index === at ? field : known === field ? null : known)))
    setProblem(undefined)
  }
  const submit = async () => {
    if (!fields.includes('username')) {
      setProblem(t('user-imports.mapping.noUsername'))
      return
    }
    try {
      const { encoding, delimiter } = data
      await check.mutateAsync({ encoding, delimiter, fields: [...fields], countryCode: countryCode.trim() })
      onChecked()
    } catch (failure) {
      setProblem(problemText(failure))
    }
  }
  return (
    <Section title={t('user-imports.mapping.title')} description={t('user-imports.mapping.description')}>
      <Stack gap="md">
        {found.problem !== null && (
          <Notice state="bad" role="alert" title={t('user-imports.mapping.broken')}>
            {sentence(found.problem)}
          </Notice>
        )}
        <Group gap="md" align="flex-start">
          <Select
            label={t('user-imports.mapping.encoding')}
            allowDeselect={false}
            data={importEncoding.options.map((value) => ({
              value,
              label: t(`user-imports.mapping.encodings.${value}`),
            }))}
            value={data.encoding}
            onChange={(value) => change({ encoding: importEncoding.options.find((known) => known === value) })}
          />
          <Select
            label={t('user-imports.mapping.delimiter')}
            allowDeselect={false}
            data={importDelimiter.options.map((value) => ({
              value,
              label: t(`user-imports.mapping.delimiters.${value}`),
            }))}
            value={data.delimiter}
            onChange={(value) => change({ delimiter: importDelimiter.options.find((known) => known === value) })}
          />
          <TextInput
            label={t('user-imports.mapping.countryCode')}
            description={t('user-imports.mapping.countryCodeHint')}
            inputMode="numeric"
            maxLength={3}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={countryCode}
            onChange={(event) => setCountryCode(event.currentTarget.value.replace(/\D/g, ''))}
            maw={340}
          />
        </Group>
        {data.problem === null ? (
          <Columns columns={data.columns} fields={fields} onSay={say} />
        ) : (
          <Notice state="bad" role="alert" title={sentence(data.problem)} />
        )}
        <div aria-live="polite">
          {problem !== undefined && (
            <Notice state="bad" role="alert" title={t('user-imports.mapping.notChecked')}>
              {problem}
            </Notice>
          )}
        </div>
        <Group>
          <GuardedButton
            needs={api.userImports.check}
            disabled={data.problem !== null}
            loading={check.isPending}
            onClick={() => void submit()}
          >
            {t('user-imports.mapping.check')}
          </GuardedButton>
        </Group>
      </Stack>
    </Section>
  )
}

interface ColumnsProps {
  readonly columns: readonly Column[]
  readonly fields: readonly (UserImportField | null)[]
  readonly onSay: (at: number, field: UserImportField | null) => void
}

function Columns({ columns, fields, onSay }: ColumnsProps) {
  const choices = [
    { value: ignored, label: t('user-imports.mapping.ignore') },
    ...userImportField.options.map((value) => ({ value, label: t(`user-imports.field.${value}`) })),
  ]
  return (
    <Table aria-label={t('user-imports.mapping.table')} layout="fixed" verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('user-imports.mapping.column')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('user-imports.mapping.samples')}</Table.Th>
          <Table.Th>{t('user-imports.mapping.field')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columns.map(({ name, samples, guess }, at) => {
          const shown =
            guess === 'pin' ? t('user-imports.mapping.hidden') : samples.filter((text) => text !== '').join(' · ')
          const heading = name || t('user-imports.mapping.unnamed')
          return (
            <Table.Tr key={at}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text size="sm" fw={600}>
                  {heading}
                </Text>
                <Text size="sm" c="dimmed" hiddenFrom="sm">
                  {shown}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm" style={{ overflowWrap: 'anywhere' }}>
                <Text size="sm" c="dimmed">
                  {shown || '–'}
                </Text>
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={t('user-imports.mapping.fieldOf', { name: heading })}
                  allowDeselect={false}
                  searchable
                  data={choices}
                  value={fields[at] ?? ignored}
                  onChange={(value) => onSay(at, userImportField.options.find((known) => known === value) ?? null)}
                />
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
