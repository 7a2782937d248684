/** Recovery codes, the one time that they are shown: to copy, to keep as a file, to print. */
import { Button, Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core'
import { Notice } from '@sallyport/ui'
import { useState } from 'react'
import { t } from '../../lib/words.ts'
import classes from './codes-shown.module.css'

export function CodesShown({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const text = `${t('recovery.codes.fileTitle')}\n\n${codes.join('\n')}\n`
  const download = () => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = address
    link.download = 'recovery-codes.txt'
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('recovery.codes.shownTitle')}
      size="md"
      // A slip of the finger must not lose them.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Notice state="warning" title={t('recovery.codes.once')}>
          {t('recovery.codes.onceText')}
        </Notice>
        <SimpleGrid component="ul" cols={{ base: 1, xs: 2 }} spacing="xs" m={0} p={0} className={classes['codes']}>
          {codes.map((code) => (
            <Text key={code} component="li" ff="monospace" fz="lg" ta="center">
              {code}
            </Text>
          ))}
        </SimpleGrid>
        <Group gap="xs" grow preventGrowOverflow={false} className={classes['buttons']}>
          <Button
            variant="default"
            onClick={() =>
              void navigator.clipboard.writeText(text).then(
                () => setCopied(true),
                () => setCopied(false),
              )
            }
          >
            {t(isCopied ? 'recovery.codes.copied' : 'recovery.codes.copy')}
          </Button>
          <Button variant="default" onClick={download}>
            {t('recovery.codes.download')}
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            {t('recovery.codes.print')}
          </Button>
        </Group>
        <Button size="md" className={classes['buttons']} onClick={onClose}>
          {t('recovery.codes.kept')}
        </Button>
      </Stack>
    </Modal>
  )
}
