/** Holds a page back while something typed would be lost: on a link, on the back button, on closing the tab. */
import { DiscardDialog } from '@sallyport/ui'
import { useBlocker } from '@tanstack/react-router'

export function UnsavedGuard({ when }: { readonly when: boolean }) {
  const blocker = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true })
  return (
    <DiscardDialog
      opened={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onDiscard={() => blocker.proceed?.()}
    />
  )
}
