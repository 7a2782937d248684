/** The columns of the list of tokens. */
import { Text } from '@mantine/core'
import type { TokenView } from '@sallyport/contract'
import { RelativeTime, type DataColumn } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { CodeNow } from '../../lib/oath-tokens/code-now.tsx'
import { shortTokenKind, tokenMake } from '../../lib/oath-tokens/token-words.ts'
import { language, t } from '../../lib/words.ts'
import '../../lib/oath-tokens/page-words.ts'

export function tokenColumns({ showsCodes }: { readonly showsCodes: boolean }): readonly DataColumn<TokenView>[] {
  return [
    {
      key: 'serialNumber',
      header: t('oath-tokens.column.serialNumber'),
      width: '17%',
      cell: (token) => (
        <Text component="span" size="sm" fw={600} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {token.serialNumber}
        </Text>
      ),
    },
    {
      key: 'user',
      header: t('oath-tokens.column.user'),
      width: '19%',
      cell: (token) => <Owner token={token} />,
    },
    ...(showsCodes ? [codeColumn()] : []),
    { key: 'kind', header: t('oath-tokens.column.kind'), cell: shortTokenKind },
    {
      key: 'make',
      header: t('oath-tokens.column.make'),
      wideOnly: true,
      cell: (token) => tokenMake(token) || <Absent />,
    },
    {
      key: 'lastUsedAt',
      header: t('oath-tokens.column.lastUsedAt'),
      width: '9rem',
      cell: (token) => <RelativeTime at={token.lastUsedAt} locale={language()} />,
    },
  ]
}

const codeColumn = (): DataColumn<TokenView> => ({
  key: 'codeNow',
  header: t('oath-tokens.column.codeNow'),
  width: '11.5rem',
  cell: (token) => <CodeNow id={token.id} stepSeconds={token.stepSeconds} />,
})

function Owner({ token }: { readonly token: TokenView }) {
  if (token.user === null) {
    return (
      <Text component="span" size="sm" c="dimmed">
        {t('oath-tokens.state.nobody')}
      </Text>
    )
  }
  return (
    <TextLink
      to="/users/$id"
      params={{ id: token.user.id }}
      onClick={(event) => event.stopPropagation()}
      style={{ overflowWrap: 'anywhere' }}
    >
      {token.user.username}
    </TextLink>
  )
}

function Absent() {
  return (
    <Text component="span" c="dimmed" aria-hidden>
      –
    </Text>
  )
}
