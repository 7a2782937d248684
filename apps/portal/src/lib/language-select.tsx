/** Lets the reader choose another language than their browser's; the page speaks it at once. */
import { NativeSelect } from '@mantine/core'
import { languages, rememberLanguage } from './language.ts'
import { language, t } from './words.ts'

export function LanguageSelect() {
  return (
    <NativeSelect
      label={t('language.label')}
      value={language()}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      onChange={(event) => {
        rememberLanguage(event.currentTarget.value)
        window.location.reload()
      }}
    />
  )
}
