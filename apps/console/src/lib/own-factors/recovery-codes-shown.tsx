/** Recovery codes, shown once: to copy, to print, and gone. */
import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Notice } from '@sallyport/ui'
import { t } from '../words.ts'
import './page-words.ts'

export interface RecoveryCodesShownProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

export function RecoveryCodesShown({ codes, onDone }: RecoveryCodesShownProps) {
  const clipboard = useClipboard()
  return (
    <Stack>
      <Notice state="warning" title={t('own-factors.codes.once')}>
        {t('own-factors.codes.text')}
      </Notice>
      <SimpleGrid component="ol" cols={{ base: 1, xs: 2 }} spacing="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {codes.map((code) => (
          <Text key={code} component="li" ff="monospace" size="sm">
            {code}
          </Text>
        ))}
      </SimpleGrid>
      <Group justify="space-between">
        <Button variant="default" onClick={() => clipboard.copy(codes.join('\n'))}>
          {t(clipboard.copied ? 'ui.copied' : 'own-factors.codes.copy')}
        </Button>
        <Button onClick={onDone}>{t('own-factors.codes.done')}</Button>
      </Group>
    </Stack>
  )
}
