/** What the device says about itself, by dictionary name: a row an attribute. */
import { ActionIcon, Button, Stack, Text } from '@mantine/core'
import { testAttributeName, type StartTestSignInInput } from '@sallyport/contract'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useFieldArray, type Control } from 'react-hook-form'
import { SelectField } from '../../lib/fields.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import classes from './test-sign-in.module.css'
import './page-words.ts'

const atMost = 16

export function AttributeFields<Parsed>({
  control,
}: {
  readonly control: Control<StartTestSignInInput, unknown, Parsed>
}) {
  const { fields, append, remove } = useFieldArray({ control, name: 'attributes' })
  const next = testAttributeName.options.find((name) => !fields.some((field) => field.name === name))
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('test-sign-in.attributes.text')}
      </Text>
      {fields.map(({ id }, index) => (
        <div key={id} className={classes['attribute']}>
          <SelectField
            control={control}
            name={`attributes.${index}.name`}
            aria-label={t('test-sign-in.attributes.name', { number: index + 1 })}
            data={[...testAttributeName.options]}
            searchable
          />
          <TextField
            control={control}
            name={`attributes.${index}.value`}
            aria-label={t('test-sign-in.attributes.value', { number: index + 1 })}
            autoComplete="off"
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            mt={4}
            aria-label={t('test-sign-in.attributes.remove', { number: index + 1 })}
            onClick={() => remove(index)}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {fields.length < atMost && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => append({ name: next ?? 'Calling-Station-Id', value: '' })}
        >
          {t('test-sign-in.attributes.add')}
        </Button>
      )}
    </Stack>
  )
}
