/** A form of the sign-in: one thing under the other. */
import { Stack } from '@mantine/core'
import type { ReactNode, SubmitEvent } from 'react'

export function Form({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: ReactNode }) {
  return (
    <form
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Stack>{children}</Stack>
    </form>
  )
}
