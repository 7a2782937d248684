/** A user's last sign-ins, each a link into the report. */
import { Text } from '@mantine/core'
import type { SignInRow, UserView } from '@sallyport/contract'
import { ErrorPanel, RelativeTime, Section, totalText } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '../../lib/links.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { userSignInsQuery } from '../../lib/sign-ins/queries.ts'
import { clientText, reasonTitle } from '../../lib/sign-ins/sign-in-words.ts'
import { TestBadge } from '../../lib/sign-ins/test-badge.tsx'
import { Verdict } from '../../lib/sign-ins/verdict.tsx'
import { language, t } from '../../lib/words.ts'
import classes from './user-sign-ins.module.css'
import './page-words.ts'

const shown = 8

export function UserSignIns({ user }: { readonly user: UserView }) {
  const { data, error, refetch } = useQuery(userSignInsQuery(user.id, shown))
  return (
    <Section
      title={t('users.signIns.title')}
      action={
        data !== undefined &&
        data.total > 0 && (
          <TextLink to="/reports/sign-ins" search={{ userId: user.id, range: 'all' }} size="sm">
            {t('users.signIns.all', { count: totalText(data.total, data.totalIsAtLeast ?? false, language()) })}
          </TextLink>
        )
      }
    >
      {error !== null && data === undefined && (
        <ErrorPanel title={t('users.signIns.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {data?.rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('users.signIns.none')}
        </Text>
      )}
      {data !== undefined && data.rows.length > 0 && <Rows rows={data.rows} />}
    </Section>
  )
}

function Rows({ rows }: { readonly rows: readonly SignInRow[] }) {
  return (
    <ul className={classes['list']}>
      {rows.map((row) => (
        <li key={row.id} className={classes['row']}>
          <Verdict result={row.result} />
          <TextLink to="/reports/sign-ins/$id" params={{ id: row.id }} size="sm">
            {reasonTitle(row.reason)}
          </TextLink>
          <Text size="sm" component="span">
            {clientText(row)}
            {row.test && <TestBadge />}
          </Text>
          <Text size="sm" c="dimmed" component="span">
            <RelativeTime at={row.at} locale={language()} />
          </Text>
        </li>
      ))}
    </ul>
  )
}
