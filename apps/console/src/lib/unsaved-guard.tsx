/** Holds a page back while something typed would be lost: on a link, on the back button, on closing the tab. */
import { DiscardDialog } from '@sallyport/ui'
import { useBlocker } from '@tanstack/react-router'

export interface UnsavedGuardProps {
  readonly when: boolean
  /** The page whose tabs are in its address, and lose nothing when they change. */
  readonly within?: string
}

export function UnsavedGuard({ when, within }: UnsavedGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => when && next.pathname !== within,
    enableBeforeUnload: () => when,
    withResolver: true,
  })
  return (
    <DiscardDialog
      opened={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onDiscard={() => blocker.proceed?.()}
    />
  )
}
