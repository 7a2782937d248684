/** A field that searches as one types: what is typed settles for a moment before it goes into the address. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from './words.ts'

const settleMs = 250

export interface SearchFieldProps {
  /** What is searched for, for screen readers: “Search users”. */
  readonly label: string
  readonly placeholder: string
  /** What the address says. */
  readonly value: string
  readonly onChange: (value: string) => void
}

export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  if (value !== seen) {
    setSeen(value)
    // Changed elsewhere (the back button, “clear filters”): what this field sent itself must not undo newer typing.
    if (value !== sent) {
      setSent(value)
      setTyped(value)
    }
  }
  const send = (text: string) => {
    if (text === sent) return
    setSent(text)
    onChange(text)
  }
  const sendSoon = useDebouncedCallback(send, settleMs)
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={t('lists.clearSearch')}
            onClick={() => {
              setTyped('')
              send('')
            }}
          />
        )
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        sendSoon(event.currentTarget.value.trim())
      }}
      maxLength={200}
      flex="1 1 14rem"
      maw="28rem"
      styles={{ input: { WebkitAppearance: 'none' } }}
    />
  )
}
