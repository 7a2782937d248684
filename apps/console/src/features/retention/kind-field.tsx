/** One kind of record: what it is, how much there is of it, and for how many days it is kept. */
import { Group, NumberInput, Text } from '@mantine/core'
import type { RetentionKind, RetentionSettings, RetentionStock } from '@sallyport/contract'
import type { Control } from 'react-hook-form'
import { useField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { counted, dayText, sizeText } from './numbers.ts'
import './page-words.ts'

export interface KindFieldProps {
  readonly control: Control<RetentionSettings, unknown, RetentionSettings>
  readonly kind: RetentionKind
  /** Undefined until it was counted. */
  readonly stock: RetentionStock | undefined
  readonly disabled: boolean
}

/** Empty is for good, which the settings keep as null. */
export function KindField({ control, kind, stock, disabled }: KindFieldProps) {
  const label = t(`retention.kind.${kind}`)
  const { value, set, input } = useField({ control, name: `days.${kind}`, label })
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <NumberInput
        {...input}
        label={label}
        description={t(`retention.kindHint.${kind}`)}
        placeholder={t('retention.keep')}
        suffix={t('retention.daysSuffix')}
        allowNegative={false}
        allowDecimal={false}
        clampBehavior="none"
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        flex="1 1 22rem"
        maw="32rem"
        styles={{ input: { maxWidth: '12rem' }, wrapper: { maxWidth: '12rem' } }}
        value={typeof value === 'number' ? value : ''}
        onChange={(typed) => set(typeof typed === 'number' ? typed : null)}
        disabled={disabled}
      />
      <Text
        size="sm"
        c="dimmed"
        flex={{ base: '1 1 100%', sm: '0 1 14rem' }}
        ta={{ base: 'start', sm: 'end' }}
        component="div"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        <StockText stock={stock} />
      </Text>
    </Group>
  )
}

function StockText({ stock }: Pick<KindFieldProps, 'stock'>) {
  if (stock === undefined) return t('retention.counting')
  if (stock.rows === 0 || stock.oldestAt === null) return t('retention.none')
  return (
    <>
      <div>{t('retention.rows', counted(stock.rows))}</div>
      <div>{t('retention.since', { day: dayText(stock.oldestAt) })}</div>
      <div>{t('retention.size', { size: sizeText(stock.octets) })}</div>
    </>
  )
}
