/** One method: what it means in a sentence, whether it is the first that is tried, and what is missing where it cannot be used yet. */
import { ActionIcon, Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core'
import type { OwnMethods } from '@sallyport/contract/portal'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { t } from '../../lib/words.ts'

type Method = OwnMethods['methods'][number]

export interface MethodCardProps extends Method {
  /** The first that can be used now. */
  readonly isFirst: boolean
  readonly isBusy: boolean
  /** Undefined: it cannot go there. */
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
}

/** The section of the home page that mends it. */
const mends: Readonly<Partial<Record<NonNullable<Method['missing']>, string>>> = {
  'no-token': 'factors',
  'no-device': 'factors',
  'no-phone': 'contact',
  'no-email': 'contact',
  'no-pin': 'pin',
}

export function MethodCard({ method, missing, isFirst, isBusy, onUp, onDown }: MethodCardProps) {
  const name = t(`methods.name.${method}`)
  const section = missing === null ? undefined : mends[missing]
  const show = () => document.getElementById(section ?? '')?.scrollIntoView({ behavior: 'smooth' })
  return (
    <Paper withBorder p="md" radius="md">
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {isFirst && <Badge variant="light">{t('methods.first')}</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {t(`methods.means.${method}`)}
          </Text>
          {missing !== null && (
            <Text size="sm">
              {t(`methods.missing.${missing}`)}{' '}
              {section !== undefined && document.getElementById(section) !== null && (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  aria-label={`${t('methods.mend')}: ${name}`}
                  onClick={show}
                >
                  {t('methods.mend')}
                </Anchor>
              )}
            </Text>
          )}
        </Stack>
        {(onUp !== undefined || onDown !== undefined) && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('methods.up', { name })}
              disabled={isBusy || onUp === undefined}
              onClick={onUp}
            >
              <IconArrowUp aria-hidden size={18} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('methods.down', { name })}
              disabled={isBusy || onDown === undefined}
              onClick={onDown}
            >
              <IconArrowDown aria-hidden size={18} />
            </ActionIcon>
          </Group>
        )}
      </Group>
    </Paper>
  )
}
