/** The packets of a test both ways, as a timeline; each unfolds to its attributes, secrets masked, and what was verified. */
import { Stack, Text, Title } from '@mantine/core'
import type { TestDatagram, TestSignInView } from '@sallyport/contract'
import { Section } from '@sallyport/ui'
import { useState } from 'react'
import { FactList } from '../../lib/sign-ins/fact-list.tsx'
import { TraceStep, type TraceStepProps } from '../../lib/sign-ins/trace-step.tsx'
import { t } from '../../lib/words.ts'
import { packetFacts, packetNote, packetTitle } from './packet-words.ts'
import classes from './test-sign-in.module.css'
import './page-words.ts'

export function Packets({ view }: { readonly view: TestSignInView }) {
  // Folded by hand; what arrives is open.
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const toggle = (index: number) => {
    const next = new Set(folded)
    if (!next.delete(index)) next.add(index)
    setFolded(next)
  }
  const rounds = [...new Set(view.datagrams.map(({ round }) => round))]
  return (
    <Section title={t('test-sign-in.packets.title')} description={t('test-sign-in.packets.text')}>
      <Stack gap="md">
        {rounds.map((round) => (
          <div key={round}>
            {rounds.length > 1 && (
              <Title order={3} mb={6}>
                {t('test-sign-in.packets.round', { number: round })}
              </Title>
            )}
            <ol className={classes['packets']}>
              {view.datagrams.map((datagram, index) =>
                datagram.round === round ? (
                  <TraceStep
                    key={index}
                    id={String(index)}
                    title={packetTitle(datagram)}
                    note={packetNote(datagram)}
                    state={markOf(datagram)}
                    durationMs={datagram.atMs[0] ?? 0}
                    content={<Content datagram={datagram} />}
                    opened={!folded.has(index)}
                    onToggle={() => toggle(index)}
                  />
                ) : null,
              )}
            </ol>
          </div>
        ))}
      </Stack>
    </Section>
  )
}

function Content({ datagram }: { readonly datagram: TestDatagram }) {
  return (
    <>
      <FactList facts={datagram.attributes} monospaced />
      <Text size="xs" c="dimmed" px={8} pt={4}>
        {packetFacts(datagram).join(' ')}
      </Text>
    </>
  )
}

function markOf({ direction, code, refused }: TestDatagram): TraceStepProps['state'] {
  if (direction === 'sent') return 'sent'
  if (refused !== null) return 'reject'
  switch (code) {
    case 'Access-Accept':
      return 'accept'
    case 'Access-Challenge':
      return 'challenge'
    case 'Access-Reject':
      return 'reject'
    default:
      return 'received'
  }
}
