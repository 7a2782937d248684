/** A pad for the PIN; a keyboard types on it as well. */
import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconBackspace } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'

const longest = 12
const shortest = 4

export function PinPad({ isSending, onPin }: { readonly isSending: boolean; readonly onPin: (pin: string) => void }) {
  const [pin, setPin] = useState('')
  const isLong = pin.length >= shortest
  const add = (digit: string) => setPin((before) => (before + digit).slice(0, longest))
  const remove = () => setPin((before) => before.slice(0, -1))
  const submit = () => {
    onPin(pin)
    // A wrong one is typed anew.
    setPin('')
  }
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (/^\d$/.test(key)) add(key)
      else if (key === 'Backspace') remove()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Text ta="center" mb="lg">
        {t('request.enterPin')}
      </Text>
      <div className={styles.dots} role="img" aria-label={t('request.digits', { count: pin.length })}>
        {Array.from({ length: Math.max(shortest, pin.length) }, (_, index) => (
          <span key={index} data-filled={index < pin.length || undefined} />
        ))}
      </div>
      <div className={styles.actions}>
        <div className={styles.keys}>
          {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
            <UnstyledButton key={digit} className={styles.key} onClick={() => add(digit)}>
              {digit}
            </UnstyledButton>
          ))}
          <span />
          <UnstyledButton className={styles.key} onClick={() => add('0')}>
            0
          </UnstyledButton>
          <UnstyledButton className={styles.key} aria-label={t('request.deleteDigit')} onClick={remove}>
            <IconBackspace size={26} aria-hidden />
          </UnstyledButton>
        </div>
        <Button size="xl" radius="lg" loading={isSending} disabled={!isLong} onClick={submit}>
          {t('request.approve')}
        </Button>
      </div>
    </>
  )
}
