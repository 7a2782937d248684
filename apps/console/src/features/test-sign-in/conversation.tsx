/** What was said between device and server: the verdict first, then every packet, then how the server came to it. */
import { Box, Stack, VisuallyHidden } from '@mantine/core'
import { EmptyState, ErrorPanel } from '@sallyport/ui'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { Trace } from '../../lib/sign-ins/trace.tsx'
import { t } from '../../lib/words.ts'
import { AnswerField } from './answer-field.tsx'
import { Outcome } from './outcome.tsx'
import { outcomeTitle } from './outcome-words.ts'
import { Packets } from './packets.tsx'
import type { Test } from './test.ts'
import classes from './test-sign-in.module.css'
import './page-words.ts'

/** As in the style sheet. */
const oneUnderTheOther = '(max-width: 68em)'

export function Conversation({ test }: { readonly test: Test }) {
  const { view, error } = test
  const place = useRef<HTMLElement>(null)
  const id = view?.id
  useEffect(() => {
    // Under the form, what comes would come out of sight.
    if (id !== undefined && window.matchMedia(oneUnderTheOther).matches)
      place.current?.scrollIntoView({ block: 'start' })
  }, [id])
  return (
    <Box
      component="section"
      ref={place}
      className={classes['conversation'] ?? ''}
      aria-label={t('test-sign-in.conversation.label')}
      miw={0}
    >
      <VisuallyHidden role="status">{view === undefined ? '' : outcomeTitle(view)}</VisuallyHidden>
      {view === undefined && (
        <EmptyState
          icon={<IconArrowsExchange size={34} stroke={1.4} />}
          title={t(test.start.isPending ? 'test-sign-in.conversation.sending' : 'test-sign-in.conversation.emptyTitle')}
        >
          {t('test-sign-in.conversation.emptyText')}
        </EmptyState>
      )}
      {view !== undefined && (
        <Stack gap="lg">
          <Outcome view={view} onStop={() => test.stop.mutate(view.id)} stopping={test.stop.isPending} />
          {error !== null && <ErrorPanel title={t('test-sign-in.conversation.lost')} detail={problemText(error)} />}
          {view.state === 'challenged' && <AnswerField key={view.datagrams.length} view={view} test={test} />}
          <Packets view={view} />
          {view.signIn !== null && <Trace key={view.signIn.rounds.length} rounds={view.signIn.rounds} />}
        </Stack>
      )}
    </Box>
  )
}
