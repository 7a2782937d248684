/** The dialog of one container or group: which, and how whoever comes by it is asked. */
import { Button, SimpleGrid, Stack } from '@mantine/core'
import { factorKind, syncItem, type SyncItem } from '@sallyport/contract'
import { FormDialog } from '@sallyport/ui'
import { IconSitemap } from '@tabler/icons-react'
import { useState } from 'react'
import { MultiSelectField, SelectField } from '../../lib/fields.tsx'
import { useSchemaForm } from '../../lib/forms.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { ModeField, modeChoices } from '../../lib/users/mode-field.tsx'
import { t } from '../../lib/words.ts'
import { BrowseTree } from './browse-tree.tsx'
import './sync-words.ts'
import './page-words.ts'

export interface SyncItemDialogProps {
  /** Undefined: a new one. */
  readonly item: SyncItem | undefined
  readonly onTake: (item: SyncItem) => void
  readonly onClose: () => void
}

export function SyncItemDialog({ item, onTake, onClose }: SyncItemDialogProps) {
  const form = useSchemaForm(syncItem, item === undefined ? emptyItem() : syncItem.strip().parse(item))
  const { control, setValue, formState } = form
  const [isBrowsing, setBrowsing] = useState(false)
  const submit = form.handleSubmit((values) => onTake(values))
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(`directory-sync.item.${item === undefined ? 'addTitle' : 'editTitle'}`)}
      submitLabel={t(`directory-sync.item.${item === undefined ? 'add' : 'take'}`)}
      onSubmit={(event) => {
        // The page has a form around this one: it is not the one that is sent.
        event.stopPropagation()
        void submit(event)
      }}
      dirty={formState.isDirty}
    >
      <SelectField
        control={control}
        name="kind"
        label={t('directory-sync.item.kind')}
        data={(['container', 'group'] as const).map((value) => ({ value, label: t(`directory-sync.item.${value}`) }))}
        maw="30rem"
        data-autofocus
      />
      <TextField
        control={control}
        name="dn"
        label={t('directory-sync.item.dn')}
        placeholder="ou=people,dc=example,dc=com"
        autoComplete="off"
        spellCheck={false}
      />
      <Stack gap="xs">
        <div>
          <Button
            variant="default"
            leftSection={<IconSitemap size={16} aria-hidden />}
            aria-expanded={isBrowsing}
            onClick={() => setBrowsing(!isBrowsing)}
          >
            {t('directory-sync.item.browse')}
          </Button>
        </div>
        {isBrowsing && (
          <BrowseTree
            onChoose={(dn, kind) => {
              setValue('dn', dn, { shouldDirty: true, shouldValidate: true })
              setValue('kind', kind, { shouldDirty: true })
            }}
          />
        )}
      </Stack>
      <MultiSelectField
        control={control}
        name="factorMethods"
        label={t('directory-sync.item.methods')}
        description={t('directory-sync.item.methodsHint')}
        data={factorKind.options.map((value) => ({ value, label: t(`directory-sync.method.${value}`) }))}
        clearable
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <SelectField
          control={control}
          name="language"
          label={t('directory-sync.item.language')}
          data={['', 'en', 'de'].map((value) => ({
            value,
            label: t(`directory-sync.language.${value === '' ? 'company' : value}`),
          }))}
        />
        {modeChoices().map((mode) => (
          <ModeField key={mode.name} control={control} {...mode} />
        ))}
      </SimpleGrid>
    </FormDialog>
  )
}

function emptyItem(): SyncItem {
  return {
    ...{ id: crypto.randomUUID(), kind: 'container', dn: '', factorMethods: [], language: '' },
    ...{ callMode: null, textMode: null, textWithPin: null, appMode: null },
  }
}
