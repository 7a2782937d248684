/** Says that somebody else saved first, shows field by field what differs, and offers both ways on; nothing typed is lost meanwhile. */
import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { Notice } from '@sallyport/ui'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { labelOf } from './field-labels.ts'
import { valueDifferences } from './value-differences.ts'
import { t } from './words.ts'

export interface ChangedMeanwhileProps<V extends FieldValues, P> {
  readonly form: UseFormReturn<V, unknown, P>
  /** What stands now, as the form would show it. */
  readonly theirs: unknown
  readonly onTakeTheirs: () => void
  readonly onSaveMine: () => void
}

export function ChangedMeanwhile<V extends FieldValues, P>(props: ChangedMeanwhileProps<V, P>) {
  const { form, theirs, onTakeTheirs, onSaveMine } = props
  // What is typed while this stands is compared too.
  const differences = valueDifferences(theirs, form.watch()).filter(({ name }) => name !== 'version')
  return (
    <Notice state="warning" role="alert" title={t('app.changedMeanwhile.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('app.changedMeanwhile.text')}</Text>
        {differences.length > 0 && (
          <Table aria-label={t('app.changedMeanwhile.differences')} layout="fixed" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('app.changedMeanwhile.field')}</Table.Th>
                <Table.Th>{t('app.changedMeanwhile.theirs')}</Table.Th>
                <Table.Th>{t('app.changedMeanwhile.mine')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map((each) => {
                const { name } = each
                const known = labelOf(form.control, name)
                const text = (value: unknown) => valueText(name, value, known?.textOf)
                const label = known?.label ?? plain(name)
                return (
                  <Table.Tr key={name}>
                    <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>
                      {label}
                    </Table.Th>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <div>{text(each.theirs)}</div>
                      {each.theirs !== undefined && (
                        <Button
                          variant="subtle"
                          size="compact-xs"
                          px={0}
                          aria-label={t('app.changedMeanwhile.useTheirsOf', { name: label })}
                          onClick={() =>
                            form.setValue(name as FieldPath<V>, each.theirs as never, { shouldDirty: true })
                          }
                        >
                          {t('app.changedMeanwhile.useTheirs')}
                        </Button>
                      )}
                    </Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{text(each.mine)}</Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        )}
        <Group gap="xs">
          <Button variant="default" onClick={onTakeTheirs}>
            {t('app.changedMeanwhile.takeTheirs')}
          </Button>
          <Button variant="default" onClick={onSaveMine}>
            {t('app.changedMeanwhile.saveMine')}
          </Button>
        </Group>
      </Stack>
    </Notice>
  )
}

/** Of a field that was not shown yet: `lockout.resetMinutes` as “lockout: reset minutes”. */
function plain(name: string): string {
  return name
    .split('.')
    .map((step) => step.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
    .join(': ')
}

const isSecret = (name: string) => /(secret|password|passphrase|pin|key)$/i.test(name)

function valueText(name: string, value: unknown, textOf: ((value: string) => string | undefined) | undefined): string {
  if (value === undefined || value === null || value === '') return '–'
  if (isSecret(name) && typeof value === 'string') return t('app.changedMeanwhile.secret')
  if (typeof value === 'boolean') return textOf?.(String(value)) ?? t(`app.changedMeanwhile.${value ? 'yes' : 'no'}`)
  if (typeof value === 'string' || typeof value === 'number') return textOf?.(String(value)) ?? String(value)
  if (!Array.isArray(value)) return JSON.stringify(value)
  if (value.length === 0) return '–'
  return value
    .map((each) => (isNamed(each) ? (each.name ?? each.dn ?? each.url) : valueText(name, each, textOf)))
    .join(', ')
}

/** What a list of things shows of each. */
function isNamed(value: unknown): value is { readonly name?: string; readonly dn?: string; readonly url?: string } {
  return typeof value === 'object' && value !== null && ('name' in value || 'dn' in value || 'url' in value)
}
