/** The methods in the order in which they are tried: allowed or not, and moved up or down. */
import { ActionIcon, Box, Checkbox, Group, Input, Stack, Text, Tooltip } from '@mantine/core'
import { factorKind, type FactorKind } from '@sallyport/contract'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { CompanyForm } from './use-company-form.ts'
import './page-words.ts'

export function MethodsField({ form }: { readonly form: CompanyForm }) {
  const {
    value,
    set,
    input: { ref, error },
  } = useField({ control: form.control, name: 'methods' })
  const allowed = factorKind.array().catch([]).parse(value)
  const others = factorKind.options.filter((method) => !allowed.includes(method))
  const swap = (place: number, other: number) => {
    const moved = [...allowed]
    const [one, two] = [moved[place], moved[other]]
    if (one === undefined || two === undefined) return
    moved[place] = two
    moved[other] = one
    set(moved)
  }
  return (
    <Input.Wrapper error={error} errorProps={{ role: 'alert' }}>
      <Stack gap="sm" role="list" aria-label={t('company-settings.methods.title')} ref={ref} tabIndex={-1}>
        {[...allowed, ...others].map((method) => {
          const place = allowed.indexOf(method)
          return (
            <Group key={method} role="listitem" justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
              <Checkbox
                label={t(`company-settings.methods.${method}`)}
                description={t(`company-settings.methods.${method}-hint`)}
                checked={place >= 0}
                onChange={({ currentTarget: { checked } }) =>
                  set(checked ? [...allowed, method] : allowed.filter((each) => each !== method))
                }
              />
              {place >= 0 ? (
                <Group gap={2} wrap="nowrap">
                  <Text size="sm" c="dimmed" ff="monospace" mr={4}>
                    {place + 1}
                  </Text>
                  <Move method={method} way="up" onMove={place > 0 ? () => swap(place, place - 1) : undefined} />
                  <Move
                    method={method}
                    way="down"
                    onMove={place < allowed.length - 1 ? () => swap(place, place + 1) : undefined}
                  />
                </Group>
              ) : (
                <Box>
                  <Text size="sm" c="dimmed">
                    {t('company-settings.methods.off')}
                  </Text>
                </Box>
              )}
            </Group>
          )
        })}
      </Stack>
    </Input.Wrapper>
  )
}

interface MoveProps {
  readonly method: FactorKind
  readonly way: 'up' | 'down'
  /** Absent: it is at that end already. */
  readonly onMove: (() => void) | undefined
}

function Move({ method, way, onMove }: MoveProps) {
  const label = t(`company-settings.methods.move-${way}`, { name: t(`company-settings.methods.${method}`) })
  const Arrow = way === 'up' ? IconArrowUp : IconArrowDown
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={onMove === undefined} onClick={onMove}>
        <Arrow size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
