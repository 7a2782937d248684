/** How numbers begin that people may set up; each is saved as it is entered. */
import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface PhonePrefixesProps {
  readonly prefixes: string[]
  readonly disabled: boolean
  readonly onSave: (prefixes: string[]) => void
}

const prefix = /^\+[1-9][0-9]{0,7}$/

export function PhonePrefixes({ prefixes, disabled, onSave }: PhonePrefixesProps) {
  const [wrong, setWrong] = useState(false)
  return (
    <TagsInput
      label={t('user-portal.prefixes.label')}
      description={t('user-portal.prefixes.hint')}
      placeholder={t('user-portal.prefixes.placeholder')}
      error={wrong && t('user-portal.prefixes.wrong')}
      maxTags={50}
      acceptValueOnBlur
      value={prefixes}
      disabled={disabled}
      onChange={(entered) => {
        const typed = [...new Set(entered.map((each) => each.replace(/[\s().-]/g, '')))]
        const right = typed.every((each) => prefix.test(each))
        setWrong(!right)
        if (right) onSave(typed)
      }}
    />
  )
}
