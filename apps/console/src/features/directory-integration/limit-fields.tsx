/** Time-outs and the query size limit, which few sites ever touch. */
import { Group } from '@mantine/core'
import { FoldedSection } from '@sallyport/ui'
import { NumberField } from '../../lib/fields.tsx'
import { t } from '../../lib/words.ts'
import type { LdapFormState } from './use-ldap-form.ts'
import './page-words.ts'

const limits = ['connectTimeoutMs', 'operationTimeoutMs', 'sizeLimit'] as const

export function LimitFields({ form }: { readonly form: LdapFormState }) {
  const { control, formState } = form
  return (
    <FoldedSection
      title={t('directory-integration.limits.title')}
      hint={t('directory-integration.limits.text')}
      forceOpen={limits.some((name) => formState.errors[name] !== undefined)}
    >
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <NumberField
          control={control}
          name="connectTimeoutMs"
          scale={1000}
          decimalScale={1}
          suffix=" s"
          label={t('directory-integration.limits.connect')}
          description={t('directory-integration.limits.connectHint')}
        />
        <NumberField
          control={control}
          name="operationTimeoutMs"
          scale={1000}
          decimalScale={1}
          suffix=" s"
          label={t('directory-integration.limits.operation')}
          description={t('directory-integration.limits.operationHint')}
        />
        <NumberField
          control={control}
          name="sizeLimit"
          label={t('directory-integration.limits.size')}
          description={t('directory-integration.limits.sizeHint')}
          thousandSeparator=","
        />
      </Group>
    </FoldedSection>
  )
}
