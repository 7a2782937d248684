/** The code that a token of the sample site shows now, with the seconds it has left. */
import { Badge, Group, RingProgress, Text } from '@mantine/core'
import { api, type TokenView } from '@sallyport/contract'
import { CopyText } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useMay, useSession } from '../session.ts'
import { t } from '../words.ts'
import { codeNowQuery } from './queries.ts'
import './page-words.ts'

/** Only the demonstration shows codes, and only to those who may see them. */
export function useShowsCodes(): boolean {
  const { sampleSite } = useSession()
  const { may } = useMay(api.oathTokens.showCode)
  return sampleSite && may
}

export function SampleSiteBadge() {
  return (
    <Badge variant="light" color="accent" radius="sm" tt="none" fw={500} c="var(--mantine-color-text)">
      {t('oath-tokens.codeNow.badge')}
    </Badge>
  )
}

export function CodeNow({ id, stepSeconds = 30 }: Pick<TokenView, 'id'> & Partial<Pick<TokenView, 'stepSeconds'>>) {
  const { data } = useQuery(codeNowQuery(id))
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  if (data === undefined) {
    return (
      <Text component="span" c="dimmed" ff="monospace">
        ••••••
      </Text>
    )
  }
  const half = Math.ceil(data.code.length / 2)
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex" style={{ whiteSpace: 'nowrap' }}>
      <CopyText value={data.code} shown={`${data.code.slice(0, half)} ${data.code.slice(half)}`} />
      {data.endsAtMs !== null && <TimeLeft ms={data.endsAtMs - nowMs} stepSeconds={stepSeconds} />}
    </Group>
  )
}

function TimeLeft({ ms, stepSeconds }: { readonly ms: number; readonly stepSeconds: number }) {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return (
    <>
      <RingProgress
        size={20}
        thickness={3}
        sections={[{ value: (100 * seconds) / stepSeconds, color: 'var(--mantine-color-anchor)' }]}
        aria-hidden
      />
      <Text component="span" size="xs" c="dimmed" w="2.2em">
        {t('oath-tokens.codeNow.left', { seconds })}
      </Text>
    </>
  )
}
