/** Enrolling an authenticator app: a QR code that is shown once, and a code of it that proves that it was read. */
import { Anchor, Box, Group, Stack, Text, TextInput } from '@mantine/core'
import { portalApi, type OwnFactors } from '@sallyport/contract/portal'
import { CopyText, FormDialog, LoadingPanel, Notice, QrCode } from '@sallyport/ui'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { CodeInput } from './code-input.tsx'
import type { Course } from '../course/use-course.ts'

export interface AddFactorProps {
  readonly course: Course<OwnFactors>
  readonly onClose: () => void
  readonly onAdded: () => void
}

export function AddSoftwareToken({ course, onClose, onAdded }: AddFactorProps) {
  const { ask, change, failure, isBusy } = course
  const [drawn, setDrawn] = useState<{ readonly secret: string; readonly uri: string }>()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void ask(() => call(portalApi.factors.beginSoftwareToken)).then(setDrawn)
  }, [ask])
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void change(() => call(portalApi.factors.confirmSoftwareToken, { body: { name, code } })).then(
      (done) => done && onAdded(),
    )
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('factors.software.title')}
      submitLabel={t('factors.software.submit')}
      onSubmit={submit}
      pending={isBusy}
      dirty={code !== ''}
      submitDisabled={drawn === undefined}
    >
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      {drawn === undefined && failure === null && <LoadingPanel lines={4} />}
      {drawn !== undefined && (
        <>
          <Group align="flex-start" gap="lg" justify="center">
            <QrCode text={drawn.uri} label={t('factors.software.qrLabel')} />
            <Stack flex="1 1 14rem" gap="xs">
              <Text size="sm">{t('factors.software.scan')}</Text>
              <Anchor size="sm" href={drawn.uri}>
                {t('factors.software.here')}
              </Anchor>
              <Box>
                <Text size="sm" c="dimmed">
                  {t('factors.software.secret')}
                </Text>
                <CopyText value={drawn.secret} shown={drawn.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')} />
              </Box>
              <Text size="sm" c="dimmed">
                {t('factors.software.once')}
              </Text>
            </Stack>
          </Group>
          <CodeInput
            label={t('factors.software.code')}
            description={t('factors.software.codeHint')}
            value={code}
            onType={setCode}
          />
          <TextInput
            label={t('factors.software.name')}
            description={t('factors.software.nameHint')}
            maxLength={64}
            size="md"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  )
}
