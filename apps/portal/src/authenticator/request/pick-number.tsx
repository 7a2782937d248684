/** Three numbers, one of which the device shows: only who looks at it knows which. */
import { Button, SimpleGrid, Text, UnstyledButton } from '@mantine/core'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'

export interface PickNumberProps {
  readonly application: string
  readonly choices: readonly string[]
  readonly isSending: boolean
  readonly onPick: (number: string) => void
  readonly onNone: () => void
}

export function PickNumber({ application, choices, isSending, onPick, onNone }: PickNumberProps) {
  return (
    <>
      <Text mb="lg">{t('request.pick', { application })}</Text>
      <SimpleGrid cols={3} spacing="sm">
        {choices.map((choice) => (
          <UnstyledButton key={choice} className={styles.choice} disabled={isSending} onClick={() => onPick(choice)}>
            {choice}
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <div className={styles.actions}>
        <Button variant="default" size="lg" radius="lg" disabled={isSending} onClick={onNone}>
          {t('request.noneOfThese')}
        </Button>
      </div>
    </>
  )
}
