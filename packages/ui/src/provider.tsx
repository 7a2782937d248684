/** The provider that an app puts around itself: theme, notices, and the language of the components. */
import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useMemo, type ReactNode } from 'react'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import type { Language } from './language.ts'
import { cssVariables, theme } from './theme.ts'
import { LanguageContext } from './use-ui-words.ts'
import { uiWords } from './words.ts'
import './styles.css'

/** Follows the system's light or dark until the person chooses. */
export function UiProvider({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const { close } = uiWords[language]
  const named = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } },
      }),
    [close],
  )
  return (
    <MantineProvider theme={named} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <LanguageContext value={language}>
        <Notifications position="bottom-right" autoClose={6000} />
        {children}
      </LanguageContext>
    </MantineProvider>
  )
}
