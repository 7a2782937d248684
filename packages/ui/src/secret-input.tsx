/** A field for a secret: hidden while typed, shown on demand, generated on demand. */
import { Button, Group, PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import type { Ref } from 'react'
import { generateSecret } from './generate-secret.ts'
import { useUiWords } from './use-ui-words.ts'

export interface SecretInputProps extends Omit<
  PasswordInputProps,
  'value' | 'onChange' | 'visible' | 'onVisibilityChange' | 'ref'
> {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Characters of a generated secret; absent: nothing is offered. */
  readonly generatedLength?: number
  /** Called with a generated secret, after onChange: to fill the field that confirms it. */
  readonly onGenerate?: (value: string) => void
  readonly ref?: Ref<HTMLInputElement>
}

export function SecretInput({ value, onChange, generatedLength, onGenerate, ...rest }: SecretInputProps) {
  const words = useUiWords()
  const [visible, { open, toggle }] = useDisclosure(false)
  const generate = () => {
    const secret = generateSecret(generatedLength ?? 32)
    onChange(secret)
    onGenerate?.(secret)
    open()
  }
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <PasswordInput
        autoComplete="new-password"
        spellCheck={false}
        {...rest}
        flex={1}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        visible={visible}
        onVisibilityChange={toggle}
        visibilityToggleButtonProps={{ 'aria-label': visible ? words.hide : words.show, tabIndex: 0 }}
        styles={{
          innerInput: visible ? { fontFamily: 'var(--mantine-font-family-monospace)' } : {},
          // The hint may run on above the button.
          description: generatedLength === undefined ? {} : { marginInlineEnd: '-7rem' },
        }}
      />
      {generatedLength !== undefined && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={generate}
          disabled={rest.disabled === true}
          mb={rest.error === undefined || rest.error === null ? 0 : 'calc(var(--mantine-font-size-xs) * 1.55 + 5px)'}
        >
          {words.generate}
        </Button>
      )}
    </Group>
  )
}
