/** The dialog that brings a token back whose clock or counter has run away: two codes in a row. */
import { SimpleGrid, Text } from '@mantine/core'
import { resynchroniseInput, type TokenView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useResynchroniseToken } from '../../lib/oath-tokens/mutations.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import '../../lib/oath-tokens/page-words.ts'

export function ResynchroniseToken({ token, onClose }: { readonly token: TokenView; readonly onClose: () => void }) {
  const { serialNumber } = token
  const [problem, setProblem] = useState<string>()
  const resynchronise = useResynchroniseToken(token.id)
  const form = useSchemaForm(resynchroniseInput, { firstCode: '', secondCode: '' })
  const submit = form.handleSubmit(async (codes) => {
    setProblem(undefined)
    try {
      await resynchronise.mutateAsync(codes)
      notifyDone(t('oath-tokens.resynchronise.done', { serialNumber }))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const digits = { inputMode: 'numeric', autoComplete: 'off', maxLength: 12 } as const
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('oath-tokens.resynchronise.title', { serialNumber })}
      submitLabel={t('oath-tokens.resynchronise.submit')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <Text size="sm">{t('oath-tokens.resynchronise.text')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField
          control={form.control}
          name="firstCode"
          label={t('oath-tokens.resynchronise.first')}
          data-autofocus
          {...digits}
        />
        <TextField control={form.control} name="secondCode" label={t('oath-tokens.resynchronise.second')} {...digits} />
      </SimpleGrid>
    </FormDialog>
  )
}
