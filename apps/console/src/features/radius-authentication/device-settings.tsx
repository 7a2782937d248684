/** What to enter on the device’s own admin page, ready to be copied. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { SettingsList } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../lib/words.ts'
import { clientName } from '../../lib/client-name.ts'
import { radiusSettingsQuery } from './queries.ts'
import type { SavedClient } from './use-client-form.ts'
import './page-words.ts'

/** `host` is the name under which this server was reached: by the browser here, so likely by the device. */
export function DeviceSettings({
  saved,
  host = window.location.hostname,
}: {
  readonly saved: SavedClient
  readonly host?: string
}) {
  const { data } = useQuery(radiusSettingsQuery)
  const ports = data?.authenticationPorts ?? []
  const accounting = data?.accountingPorts ?? []
  const { sharedSecret, client } = saved
  return (
    <SettingsList
      settings={[
        {
          name: t('radius-authentication.device.address'),
          value: host,
          hint: t('radius-authentication.device.addressHint'),
        },
        {
          name: t('radius-authentication.device.port'),
          value: String(ports[0] ?? ''),
          ...(ports.length > 1 && {
            hint: t('radius-authentication.device.otherPorts', { ports: ports.slice(1).join(', ') }),
          }),
        },
        ...(accounting.length === 0
          ? []
          : [
              {
                name: t('radius-authentication.device.accountingPort'),
                value: String(accounting[0]),
                hint: t('radius-authentication.device.accountingPortHint'),
              },
            ]),
        {
          name: t('radius-authentication.device.secret'),
          ...(sharedSecret === undefined
            ? { text: t('radius-authentication.device.secretKept') }
            : { value: sharedSecret, hint: t('radius-authentication.device.secretHint') }),
        },
        {
          name: t('radius-authentication.device.timeout'),
          value: String(client.deviceTimeoutSeconds),
          hint: t('radius-authentication.device.timeoutHint'),
        },
        {
          name: t('radius-authentication.device.method'),
          text: t('radius-authentication.device.methodText'),
          hint: t('radius-authentication.device.methodHint'),
        },
      ]}
    />
  )
}

export function DeviceSettingsDialog({
  saved,
  onClose,
}: {
  readonly saved: SavedClient
  readonly onClose: () => void
}) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('radius-authentication.device.title', { name: clientName(saved.client) })}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack>
        <Text size="sm">{t('radius-authentication.device.text')}</Text>
        <DeviceSettings saved={saved} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('radius-authentication.device.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
