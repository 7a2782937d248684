/** The account that searches the directory; its password can be set and changed, never read. */
import { Button, Group, Input, SegmentedControl, Stack } from '@mantine/core'
import type { LdapView } from '@sallyport/contract'
import { Section, StatusDot } from '@sallyport/ui'
import { useId, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { keepsPassword } from './ldap-form-values.ts'
import type { LdapFormState } from './use-ldap-form.ts'
import './page-words.ts'

export function QueryBindFields({ form, saved }: { readonly form: LdapFormState; readonly saved: LdapView }) {
  const { control, setValue } = form
  const kind = useWatch({ control, name: 'queryBind.kind' })
  const labelId = useId()
  const choose = (chosen: string) =>
    setValue(
      'queryBind',
      chosen === 'simple'
        ? { kind: 'simple', dn: saved.queryBind.kind === 'simple' ? saved.queryBind.dn : '' }
        : { kind: 'anonymous' },
      { shouldDirty: true },
    )
  return (
    <Section title={t('directory-integration.bind.title')} description={t('directory-integration.bind.text')}>
      <Stack>
        <div>
          <Input.Label component="div" display="block" id={labelId} mb={4}>
            {t('directory-integration.bind.type')}
          </Input.Label>
          <SegmentedControl
            aria-labelledby={labelId}
            value={kind}
            onChange={choose}
            data={(['simple', 'anonymous'] as const).map((value) => ({
              value,
              label: t(`directory-integration.bind.${value}`),
            }))}
          />
        </div>
        {kind === 'simple' && (
          <>
            <TextField
              control={control}
              name="queryBind.dn"
              label={t('directory-integration.bind.dn')}
              description={t('directory-integration.bind.dnHint')}
              placeholder="cn=sallyport,ou=services,dc=example,dc=com"
              autoComplete="off"
              spellCheck={false}
            />
            <BindPassword form={form} saved={saved} />
          </>
        )}
      </Stack>
    </Section>
  )
}

function BindPassword({ form, saved }: { readonly form: LdapFormState; readonly saved: LdapView }) {
  const [changing, setChanging] = useState(false)
  const values = useWatch({ control: form.control }) as Parameters<typeof keepsPassword>[1]
  if (!changing && keepsPassword(saved, values)) {
    return (
      <div>
        <Input.Label component="div" display="block" mb={4}>
          {t('directory-integration.bind.password')}
        </Input.Label>
        <Group gap="sm">
          <StatusDot state="good">{t('directory-integration.bind.passwordSet')}</StatusDot>
          <Button variant="default" size="xs" onClick={() => setChanging(true)}>
            {t('directory-integration.bind.passwordChange')}
          </Button>
        </Group>
      </div>
    )
  }
  return (
    <SecretField
      control={form.control}
      name="queryBind.password"
      emptyIsAbsent
      label={t('directory-integration.bind.password')}
      description={t(
        `directory-integration.bind.${saved.queryBind.kind === 'simple' && saved.queryBind.hasPassword ? 'passwordAgain' : 'passwordHint'}`,
      )}
      maw="30rem"
    />
  )
}
