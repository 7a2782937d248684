/** Lets the reader choose another language than their browser's; the page speaks it at once. */
import { NativeSelect } from '@mantine/core'
import { languages, rememberLanguage } from './language.ts'
import { language, t } from './words.ts'

export interface LanguageSelectProps {
  /** What else is done with the choice, before the page is loaded anew. */
  readonly onChosen?: (language: string) => Promise<void>
}

export function LanguageSelect({ onChosen = () => Promise.resolve() }: LanguageSelectProps) {
  return (
    <NativeSelect
      label={t('language.label')}
      value={language()}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      onChange={({ currentTarget: { value } }) => {
        rememberLanguage(value)
        void onChosen(value).then(() => window.location.reload())
      }}
    />
  )
}
