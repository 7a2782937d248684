/** The rows of another product's configuration: what each would become, or why it stays out. */
import { Group, Text } from '@mantine/core'
import type { ProductImportRow } from '@sallyport/contract'
import { StateIcon, type DataColumn } from '@sallyport/ui'
import { sentence, t } from '../../../lib/words.ts'
import './page-words.ts'

export type ImportRow = ProductImportRow & { readonly id: string }

const wrapping = { overflowWrap: 'anywhere' } as const

const what = (): DataColumn<ImportRow> => ({
  key: 'what',
  header: t('product-imports.column.what'),
  width: '24%',
  cell: ({ kind, title }) => (
    <>
      <Text component="span" size="sm" fw={600} style={wrapping}>
        {title === '' ? t(`product-imports.kind.${kind}`) : title}
      </Text>
      {title !== '' && (
        <Text span size="xs" c="dimmed" display="block">
          {t(`product-imports.kind.${kind}`)}
        </Text>
      )}
    </>
  ),
})

const where = (): DataColumn<ImportRow> => ({
  key: 'where',
  header: t('product-imports.column.where'),
  width: '18%',
  cell: (row) => (
    <Text span size="sm" style={wrapping}>
      {row.where}
    </Text>
  ),
})

export const takenColumns = (): readonly DataColumn<ImportRow>[] => [
  what(),
  {
    key: 'settings',
    header: t('product-imports.column.settings'),
    cell: ({ settings, message }) => (
      <Text span size="sm" style={wrapping}>
        {[...settings.flatMap(settingText), t('product-imports.setting.secret')].join(' · ')}
        {message !== '' && (
          <Text span size="sm" c="dimmed" display="block">
            {sentence(message)}
          </Text>
        )}
      </Text>
    ),
  },
  where(),
]

export const restColumns = (): readonly DataColumn<ImportRow>[] => [
  what(),
  {
    key: 'why',
    header: t('product-imports.column.why'),
    cell: ({ state, message }) => (
      <Group component="span" display="inline-flex" gap={6} wrap="nowrap" align="flex-start">
        <StateIcon state={icons[state]} />
        <Text component="span" size="sm" style={wrapping}>
          {[t(`product-imports.state.${state}`), sentence(message)].filter((text) => text !== '').join(' · ')}
        </Text>
      </Group>
    ),
  },
  where(),
]

const icons = { new: 'good', there: 'neutral', refused: 'bad', unread: 'warning' } as const

/** Which settings are worth a word, and which of their values have words of their own. */
const filledIn = ['applicationName', 'accountingPort', 'timeoutSeconds', 'tries', 'baseDn', 'filter', 'bindDn']
const chosen = ['factorMode', 'messageAuthenticator', 'tls']

function settingText({ name, value }: ProductImportRow['settings'][number]): readonly string[] {
  if (filledIn.includes(name)) return [t(`product-imports.setting.${name}`, { value })]
  if (chosen.includes(name)) return [t(`product-imports.setting.${name}.${value}`)]
  return name === 'enabled' && value === 'false' ? [t('product-imports.setting.disabled')] : []
}
