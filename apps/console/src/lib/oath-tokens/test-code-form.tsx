/** Tries a code against a token, without using it up, and says what it tells. */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { oathCode, type TokenView } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { problemText } from '../problem-text.ts'
import { sentence, t } from '../words.ts'
import { useTestCode } from './mutations.ts'
import { testVerdict } from './token-words.ts'
import './page-words.ts'

export function TestCodeForm({ token, focused = false }: { readonly token: TokenView; readonly focused?: boolean }) {
  const [code, setCode] = useState('')
  const [malformed, setMalformed] = useState<string | null>(null)
  const { mutate, data, error, isPending, reset } = useTestCode(token.id)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const parsed = oathCode.safeParse(code)
    if (!parsed.success) {
      setMalformed(sentence(parsed.error.issues[0]?.message ?? ''))
      return
    }
    mutate(parsed.data)
  }
  const verdict = data && testVerdict(data, token)
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            label={t('oath-tokens.test.code')}
            description={t('oath-tokens.test.codeHint')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            flex="1 1 12rem"
            maw="22rem"
            value={code}
            error={malformed}
            onChange={(event) => {
              setCode(event.currentTarget.value)
              setMalformed(null)
              if (data !== undefined || error !== null) reset()
            }}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', letterSpacing: '0.1em' } }}
            {...(focused && { 'data-autofocus': true })}
          />
          <Button
            type="submit"
            variant="default"
            loading={isPending}
            mb={malformed === null ? 0 : 'calc(var(--mantine-font-size-xs) * 1.55 + 5px)'}
          >
            {t('oath-tokens.test.submit')}
          </Button>
        </Group>
        <div aria-live="polite">
          {verdict !== undefined && (
            <Notice state={verdict.state} title={verdict.title}>
              {verdict.text}
            </Notice>
          )}
          {error !== null && <Notice state="bad" role="alert" title={problemText(error)} />}
        </div>
      </Stack>
    </form>
  )
}
