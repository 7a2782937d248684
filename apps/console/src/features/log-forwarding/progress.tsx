/** How a receiver does: whether it takes what is sent, how far it is behind, and what was lost. */
import { Text } from '@mantine/core'
import type { LogReceiverView } from '@sallyport/contract'
import { RelativeTime, StatusDot, type StateKind } from '@sallyport/ui'
import { language, sentence, t } from '../../lib/words.ts'
import './page-words.ts'

const states: Record<NonNullable<LogReceiverView['progress']>['state'], StateKind> = {
  unknown: 'neutral',
  up: 'good',
  failing: 'bad',
}

export function Progress({ receiver }: { readonly receiver: LogReceiverView }) {
  const { progress, enabled } = receiver
  if (!enabled || progress === null) {
    return <StatusDot state="neutral">{t(`log-forwarding.state.${enabled ? 'unknown' : 'disabled'}`)}</StatusDot>
  }
  const { state, since, problem, waiting, behindSince, sent, lost, lastSentAt } = progress
  const number = (count: number) => ({ count, formatted: count.toLocaleString(language()) })
  return (
    <div>
      <StatusDot state={states[state]}>
        {t(`log-forwarding.state.${state}`)}
        {state !== 'unknown' && (
          <Text span c="dimmed" size="sm">
            {' '}
            {t('log-forwarding.since')} <RelativeTime at={since} locale={language()} />
          </Text>
        )}
      </StatusDot>
      {problem !== null && <Text size="sm">{sentence(problem)}</Text>}
      {waiting > 0 && (
        <Text size="sm">
          {t('log-forwarding.waiting', number(waiting))}
          {behindSince !== null && (
            <>
              {' '}
              <RelativeTime at={behindSince} locale={language()} />
            </>
          )}
        </Text>
      )}
      {lost > 0 && (
        <Text size="sm" c="red">
          {t('log-forwarding.lost', number(lost))}
        </Text>
      )}
      {lastSentAt !== null && (
        <Text size="xs" c="dimmed">
          {t('log-forwarding.sent', number(sent))} <RelativeTime at={lastSentAt} locale={language()} />
        </Text>
      )}
    </div>
  )
}
