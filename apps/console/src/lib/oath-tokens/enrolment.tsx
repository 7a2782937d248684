/** What is shown once after a token was added: the QR code and the secret where the server drew one, and a code to try. */
import { Box, Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import type { CreatedToken } from '@sallyport/contract'
import { CopyText, Notice, QrCode } from '@sallyport/ui'
import { t } from '../words.ts'
import { TestCodeForm } from './test-code-form.tsx'
import { groupedSecret } from './token-words.ts'
import './page-words.ts'

export function Enrolment({ created, onClose }: { readonly created: CreatedToken; readonly onClose: () => void }) {
  const { token, enrolment } = created
  const name = token.user?.username ?? token.serialNumber
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('oath-tokens.enrolment.title', { serialNumber: token.serialNumber })}
      // What is shown comes never again: no stray click or key may close it.
      closeOnClickOutside={false}
      closeOnEscape={enrolment === null}
      withCloseButton={enrolment === null}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack>
        {enrolment !== null && (
          <>
            <Notice state="warning" title={t('oath-tokens.enrolment.once')}>
              {t('oath-tokens.enrolment.onceText')}
            </Notice>
            <Group align="flex-start" gap="lg">
              <QrCode text={enrolment.uri} label={t('oath-tokens.enrolment.qrLabel', { name })} />
              <Box flex="1 1 14rem">
                <Text size="sm" mb="sm">
                  {t('oath-tokens.enrolment.scan', { name })}
                </Text>
                <Text size="sm" c="dimmed">
                  {t('oath-tokens.enrolment.secret')}
                </Text>
                <CopyText value={enrolment.secret} shown={groupedSecret(enrolment.secret)} />
              </Box>
            </Group>
          </>
        )}
        <Box>
          <Title order={3} mb={4}>
            {t('oath-tokens.enrolment.test')}
          </Title>
          <TestCodeForm token={token} focused={enrolment === null} />
        </Box>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('oath-tokens.enrolment.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
