/** Asks for a passkey; what it answers goes to whoever wants to know who it is. */
import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../words.ts'
import { askPasskey, passkeyProblem } from './use-passkey.ts'
import './page-words.ts'

export interface PasskeyButtonProps {
  readonly purpose: Parameters<typeof askPasskey>[0]
  readonly onAnswer: (answer: Awaited<ReturnType<typeof askPasskey>>) => Promise<void>
  readonly onProblem: (problem: string | undefined) => void
}

export function PasskeyButton({ purpose, onAnswer, onProblem }: PasskeyButtonProps) {
  const [asking, setAsking] = useState(false)
  const ask = async () => {
    onProblem(undefined)
    setAsking(true)
    try {
      await onAnswer(await askPasskey(purpose))
    } catch (error) {
      onProblem(passkeyProblem(error))
    } finally {
      setAsking(false)
    }
  }
  return (
    <Button
      variant="default"
      leftSection={<IconFingerprint size={18} aria-hidden />}
      loading={asking}
      onClick={() => void ask()}
      fullWidth
    >
      {t('own-factors.passkey.use')}
    </Button>
  )
}
