/** Where a code of a token is typed: digits, a keypad on a phone. */
import { TextInput, type TextInputProps } from '@mantine/core'

export interface CodeInputProps extends Pick<TextInputProps, 'label' | 'description' | 'autoFocus'> {
  readonly value: string
  readonly onType: (code: string) => void
}

export function CodeInput({ onType, ...rest }: CodeInputProps) {
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      required
      maxLength={12}
      size="md"
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
