/** What stands in the place of content that could not be loaded. */
import { Button } from '@mantine/core'
import { Notice } from './notice.tsx'
import { useUiWords } from './use-ui-words.ts'

export interface ErrorPanelProps {
  readonly title: string
  readonly detail?: string | undefined
  readonly onRetry?: () => void
}

export function ErrorPanel({ title, detail, onRetry }: ErrorPanelProps) {
  const words = useUiWords()
  return (
    <Notice
      state="bad"
      role="alert"
      title={title}
      action={
        onRetry !== undefined && (
          <Button variant="default" onClick={onRetry}>
            {words.tryAgain}
          </Button>
        )
      }
    >
      {detail}
    </Notice>
  )
}
