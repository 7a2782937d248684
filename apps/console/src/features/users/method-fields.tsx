/** The fields of how a user is asked for a second factor; what is left open, Company Settings decide. */
import { SimpleGrid, Stack } from '@mantine/core'
import { changeUserFactorsInput, factorKind } from '@sallyport/contract'
import { useWatch, type Control } from 'react-hook-form'
import type { z } from 'zod'
import { MultiSelectField } from '../../lib/fields.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { ModeField, modeChoices } from '../../lib/users/mode-field.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'
import '../../lib/sign-ins/page-words.ts'

export const methodsSchema = changeUserFactorsInput.omit({ version: true })
export type MethodsInput = z.input<typeof methodsSchema>

export interface MethodFieldsProps {
  readonly control: Control<MethodsInput, unknown, z.output<typeof methodsSchema>>
  readonly readOnly: boolean
}

export function MethodFields({ control, readOnly }: MethodFieldsProps) {
  const chosen = useWatch({ control, name: 'factorMethods' })
  const text = { control, readOnly, autoComplete: 'off' }
  return (
    <Stack>
      <MultiSelectField
        control={control}
        name="factorMethods"
        label={t('user-factors.methods.order')}
        description={t('user-factors.methods.orderHint')}
        placeholder={chosen.length === 0 ? t('user-factors.company') : undefined}
        data={factorKind.options.map((value) => ({ value, label: t(`sign-ins.factor.${value}`) }))}
        disabled={readOnly}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField
          {...text}
          name="phone"
          type="tel"
          label={t('user-factors.methods.phone')}
          description={t('user-factors.methods.phoneHint')}
        />
        <TextField
          {...text}
          name="phoneExtension"
          label={t('user-factors.methods.extension')}
          description={t('user-factors.methods.extensionHint')}
        />
        <TextField
          {...text}
          name="backupPhone"
          type="tel"
          label={t('user-factors.methods.backupPhone')}
          description={t('user-factors.methods.backupPhoneHint')}
        />
        <TextField
          {...text}
          name="backupExtension"
          label={t('user-factors.methods.backupExtension')}
          description={t('user-factors.methods.extensionHint')}
        />
        {modeChoices().map((mode) => (
          <ModeField key={mode.name} control={control} disabled={readOnly} {...mode} />
        ))}
      </SimpleGrid>
      <TextField
        {...text}
        name="language"
        label={t('user-factors.methods.language')}
        description={t('user-factors.methods.languageHint')}
        placeholder={t('user-factors.company')}
        spellCheck={false}
        autoCapitalize="none"
        maw="22rem"
      />
    </Stack>
  )
}
