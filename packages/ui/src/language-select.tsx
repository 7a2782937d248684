/** Lets the reader choose another language than their browser's; the page speaks it at once. */
import { NativeSelect } from '@mantine/core'
import { languages } from './language.ts'
import { rememberLanguage } from './reader-language.ts'
import { useLanguage, useUiWords } from './use-ui-words.ts'

export interface LanguageSelectProps {
  /** What else is done with the choice, before the page is loaded anew. */
  readonly onChosen?: (language: string) => Promise<void>
}

export function LanguageSelect({ onChosen = () => Promise.resolve() }: LanguageSelectProps) {
  return (
    <NativeSelect
      label={useUiWords().language}
      value={useLanguage()}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      onChange={({ currentTarget: { value } }) => {
        rememberLanguage(value)
        void onChosen(value).then(() => window.location.reload())
      }}
    />
  )
}
