/** The provider that an app puts around itself: theme, notices, and the words of the components. */
import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useMemo, type ReactNode } from 'react'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import { cssVariables, theme } from './theme.ts'
import { UiWordsContext, type UiWords } from './words.tsx'
import './styles.css'

/** Follows the system's light or dark until the person chooses. */
export function UiProvider({ words, children }: { readonly words: UiWords; readonly children: ReactNode }) {
  const named = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': words.close } } } },
      }),
    [words.close],
  )
  return (
    <MantineProvider theme={named} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <UiWordsContext value={words}>
        <Notifications position="bottom-right" autoClose={6000} />
        {children}
      </UiWordsContext>
    </MantineProvider>
  )
}
