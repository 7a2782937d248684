/** What the device sends: for whom, through which client, by which method, and how far it may go. */
import { Box, Button, Checkbox, Input, Paper, SegmentedControl, Stack, Text } from '@mantine/core'
import {
  startTestSignInInput,
  testSignInMethod,
  type RadiusClientView,
  type StartTestSignInInput,
} from '@sallyport/contract'
import { FoldedSection, Notice } from '@sallyport/ui'
import { IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { SelectField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { SecretField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { AttributeFields } from './attribute-fields.tsx'
import type { Test } from './test.ts'
import classes from './test-sign-in.module.css'
import { UsernameField } from './username-field.tsx'
import './page-words.ts'

export interface TestFormProps {
  readonly clients: readonly RadiusClientView[]
  /** What the page was opened for. */
  readonly client: string | undefined
  readonly user: string | undefined
  readonly test: Test
}

export function TestForm({ clients, client, user, test }: TestFormProps) {
  const enabled = clients.filter((each) => each.enabled)
  const form = useSchemaForm(startTestSignInInput, {
    clientId: client ?? (enabled.length === 1 ? enabled[0]?.id : '') ?? '',
    username: user ?? '',
    password: '',
    method: 'pap',
    dryRun: false,
    attributes: [],
  } satisfies StartTestSignInInput)
  const [problem, setProblem] = useState<string>()
  const { control, formState } = form
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await test.start.mutateAsync(values)
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const dryRun = form.watch('dryRun')
  return (
    <Paper withBorder p="md" className={classes['form'] ?? ''}>
      <form onSubmit={(event) => void submit(event)} noValidate aria-label={t('test-sign-in.form.label')}>
        <Stack gap="md">
          <SelectField
            control={control}
            name="clientId"
            label={t('test-sign-in.form.client')}
            description={t('test-sign-in.form.clientHint')}
            placeholder={t('test-sign-in.form.clientPlaceholder')}
            searchable={clients.length > 8}
            data={clients.map((each) => ({ value: each.id, label: nameOf(each), disabled: !each.enabled }))}
          />
          <UsernameField control={control} />
          <SecretField
            control={control}
            name="password"
            label={t('test-sign-in.form.password')}
            description={t('test-sign-in.form.passwordHint')}
            autoComplete="off"
          />
          <Controller
            control={control}
            name="method"
            render={({ field }) => (
              <Input.Wrapper
                label={t('test-sign-in.form.method')}
                description={t(`test-sign-in.methodText.${field.value}`)}
              >
                <SegmentedControl
                  mt={6}
                  fullWidth
                  aria-label={t('test-sign-in.form.method')}
                  value={field.value}
                  onChange={(value) => field.onChange(value)}
                  data={testSignInMethod.options.map((value) => ({ value, label: t(`test-sign-in.method.${value}`) }))}
                />
              </Input.Wrapper>
            )}
          />
          <Controller
            control={control}
            name="dryRun"
            render={({ field }) => (
              <Checkbox
                label={t('test-sign-in.form.dryRun')}
                description={t('test-sign-in.form.dryRunHint')}
                checked={field.value}
                onChange={(event) => field.onChange(event.currentTarget.checked)}
                onBlur={field.onBlur}
                ref={field.ref}
              />
            )}
          />
          <FoldedSection
            title={t('test-sign-in.form.attributes')}
            hint={t('test-sign-in.form.attributesHint')}
            forceOpen={formState.errors.attributes !== undefined}
          >
            <AttributeFields control={control} />
          </FoldedSection>
          {problem !== undefined && <Notice state="bad" title={problem} role="alert" />}
          <Box>
            <Button type="submit" loading={formState.isSubmitting} leftSection={<IconSend size={16} aria-hidden />}>
              {t(dryRun ? 'test-sign-in.form.submitDry' : 'test-sign-in.form.submit')}
            </Button>
            <Text size="xs" c="dimmed" mt="xs">
              {t('test-sign-in.form.consequences')}
            </Text>
          </Box>
        </Stack>
      </form>
    </Paper>
  )
}

function nameOf({ applicationName, address, enabled }: RadiusClientView): string {
  const name = applicationName === '' ? address : `${applicationName} (${address})`
  return enabled ? name : t('test-sign-in.form.disabledClient', { name })
}
