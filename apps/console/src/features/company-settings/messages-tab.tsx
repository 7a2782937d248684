/** Messages: what people are sent, by language; under each text how it reads, and whose it is. */
import { Box, Code, Stack, Text } from '@mantine/core'
import { fillMessage, messagePlaceholders, productMessage, type CompanySettings } from '@sallyport/contract'
import { Section } from '@sallyport/ui'
import { useWatch } from 'react-hook-form'
import { TextAreaField } from '../../lib/fields.tsx'
import { language as shownLanguage, t } from '../../lib/words.ts'
import { messageNames } from './company-values.ts'
import { languageName } from '../../lib/language-names.ts'
import type { CompanyForm } from './use-company-form.ts'
import './page-words.ts'

export function MessagesTab({ form }: { readonly form: CompanyForm }) {
  const languages = Object.keys(form.getValues('messages'))
  return (
    <Stack gap="lg">
      <Text size="sm" maw="46rem">
        {t('company-settings.messages.text')}{' '}
        {messagePlaceholders.map((placeholder) => (
          <Code key={placeholder} mr={6}>
            {placeholder}
          </Code>
        ))}
      </Text>
      {languages.map((language) => (
        <Section key={language} title={languageName(language, shownLanguage())}>
          <Stack gap="lg">
            {messageNames.map((name) => (
              <MessageField key={name} form={form} language={language} name={name} />
            ))}
          </Stack>
        </Section>
      ))}
    </Stack>
  )
}

interface MessageFieldProps {
  readonly form: CompanyForm
  readonly language: string
  readonly name: keyof CompanySettings['messages'][string]
}

function MessageField({ form, language, name }: MessageFieldProps) {
  const { control } = form
  const path = `messages.${language}.${name}` as const
  const written = useWatch({ control, name: path }) ?? ''
  const withPin = useWatch({ control, name: 'textWithPin' })
  const own = written.trim() === '' ? undefined : written
  const product = productMessage(name === 'textReply' && withPin ? 'textReplyWithPin' : name, language)
  const sample = { applicationName: t('company-settings.messages.sampleName'), otp: '482913' }
  return (
    <Box>
      <TextAreaField
        control={control}
        name={path}
        label={t(`company-settings.messages.${name}`)}
        description={t(`company-settings.messages.${name}-hint`)}
        placeholder={product}
        lang={language}
        autosize
        minRows={1}
        maxRows={8}
      />
      <Text size="xs" c="dimmed" mt={6}>
        {t(`company-settings.messages.${own === undefined ? 'reads-product' : 'reads-own'}`)}
      </Text>
      <Text
        size="sm"
        lang={language}
        p="xs"
        mt={2}
        bg="var(--ui-sunken)"
        style={{ border: '1px solid var(--ui-line)', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {fillMessage(own ?? product, sample)}
      </Text>
    </Box>
  )
}
