/** Which servers are asked, in which order, and how the way to them is protected. */
import { ActionIcon, Button, Group, Stack } from '@mantine/core'
import { Notice, Section } from '@sallyport/ui'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useFieldArray, useWatch } from 'react-hook-form'
import { SelectField, TextAreaField } from '../../lib/fields.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { LdapFormState } from './use-ldap-form.ts'
import './page-words.ts'

const mostServers = 8

export function ConnectionFields({ form }: { readonly form: LdapFormState }) {
  const { control } = form
  const { fields, append, remove, move } = useFieldArray({ control, name: 'servers' })
  const tls = useWatch({ control, name: 'tls' })
  return (
    <Section title={t('directory-integration.servers.title')} description={t('directory-integration.servers.text')}>
      <Stack>
        {fields.map((field, index) => {
          const names = { number: index + 1 }
          return (
            <Group key={field.id} gap="xs" align="flex-start" wrap="nowrap">
              <TextField
                control={control}
                name={`servers.${index}.url`}
                aria-label={t('directory-integration.servers.server', names)}
                placeholder={tls === 'ldaps' ? 'ldaps://ldap.example.com' : 'ldap://ldap.example.com'}
                autoComplete="off"
                spellCheck={false}
                flex={1}
              />
              <ActionIcon.Group>
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('directory-integration.servers.up', names)}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={17} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('directory-integration.servers.down', names)}
                  disabled={index === fields.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={17} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('directory-integration.servers.remove', names)}
                  disabled={fields.length === 1}
                  onClick={() => remove(index)}
                >
                  <IconTrash size={17} aria-hidden />
                </ActionIcon>
              </ActionIcon.Group>
            </Group>
          )
        })}
        {fields.length < mostServers && (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => append({ url: '' })}
            >
              {t(`directory-integration.servers.${fields.length === 0 ? 'addFirst' : 'add'}`)}
            </Button>
          </div>
        )}
        <SelectField
          control={control}
          name="tls"
          label={t('directory-integration.tls.label')}
          description={t('directory-integration.tls.hint')}
          data={(['ldaps', 'starttls', 'none'] as const).map((value) => ({
            value,
            label: t(`directory-integration.tls.${value}`),
          }))}
          maw="30rem"
        />
        {tls === 'none' ? (
          <Notice state="warning" title={t('directory-integration.tls.clear')} />
        ) : (
          <TextAreaField
            control={control}
            name="caPem"
            label={t('directory-integration.ca.label')}
            description={t('directory-integration.ca.hint')}
            placeholder="-----BEGIN CERTIFICATE-----"
            autosize
            minRows={3}
            maxRows={10}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
          />
        )}
      </Stack>
    </Section>
  )
}
