/** What cells of Blocked and Bypassed look like. */
import { Text } from '@mantine/core'
import { RelativeTime } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { Who } from '../../lib/reports/cells.tsx'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

export function UserCell({ user }: { readonly user: { readonly id: string; readonly username: string } }) {
  return (
    <Who>
      <TextLink to="/users/$id" params={{ id: user.id }}>
        {user.username}
      </TextLink>
    </Who>
  )
}

/** When, and by whom. */
export function ByCell({ at, by }: { readonly at: string; readonly by: string | null }) {
  return (
    <>
      <RelativeTime at={at} locale={language()} />
      {by !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('standing-history.by', { name: by })}
        </Text>
      )}
    </>
  )
}

export function Why({ children }: { readonly children: string }) {
  return <span style={{ overflowWrap: 'anywhere' }}>{children}</span>
}
