/** The tab *Target*: what checks the passwords, and a test of it. */
import { Group, Stack } from '@mantine/core'
import { api, targetKind, type TargetKind, type TargetView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyDone, notifyFailed, RadioCards } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type ComponentType } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { TestSignInButton } from '../../lib/test-sign-in-link.tsx'
import { t } from '../../lib/words.ts'
import { useChangeTarget } from './mutations.ts'
import { targetQuery } from './queries.ts'
import { TargetBuiltIn } from './target-built-in.tsx'
import { TargetLdap } from './target-ldap.tsx'
import type { PanelProps } from './target-panel.ts'
import { TargetRadius } from './target-radius.tsx'
import { TargetWindowsDomain } from './target-windows-domain.tsx'
import { windowsDomainQuery } from './windows-domain.ts'
import './page-words.ts'

const choices = ['windows-domain', 'ldap', 'radius', 'built-in'] as const

/** What is shown below the cards for the kinds that this release can use. */
const panels: Readonly<Partial<Record<string, ComponentType<PanelProps>>>> &
  Record<Exclude<TargetKind, 'none'>, ComponentType<PanelProps>> = {
  'windows-domain': TargetWindowsDomain,
  ldap: TargetLdap,
  radius: TargetRadius,
  'built-in': TargetBuiltIn,
}

export interface TargetProps {
  /** In the set-up wizard LDAP has no screen of its own to lead to yet, and nothing else leads away either. */
  readonly inSetUp?: { readonly LdapPanel: ComponentType<PanelProps> }
}

export function Target({ inSetUp }: TargetProps) {
  const { data, error, refetch } = useQuery(targetQuery)
  if (data !== undefined) return <TargetChoice target={data} inSetUp={inSetUp} />
  if (error === null) return <LoadingPanel />
  return (
    <ErrorPanel
      title={t('radius-authentication.target.failed')}
      detail={problemText(error)}
      onRetry={() => void refetch()}
    />
  )
}

function TargetChoice({
  target,
  inSetUp,
}: { readonly target: TargetView } & { readonly inSetUp: TargetProps['inSetUp'] | undefined }) {
  const change = useChangeTarget()
  const { may, reason } = useMay(api.radius.changeTarget)
  const kind = change.isPending ? change.variables.kind : target.kind
  const { data: domain } = useQuery(windowsDomainQuery)
  // A domain that nobody has described yet, or a list without a server, is seen to first: then it can be the target.
  const [describing, setDescribing] = useState<TargetKind>()
  const shown = describing ?? kind
  const Panel = shown === 'ldap' && inSetUp ? inSetUp.LdapPanel : panels[shown]
  const describesHere: readonly TargetKind[] = inSetUp ? ['radius', 'ldap'] : ['radius']
  const choose = (chosen: TargetKind) => {
    change.mutate(
      { kind: chosen, version: target.version },
      {
        onSuccess: () =>
          notifyDone(
            t('radius-authentication.target.changed', { target: t(`radius-authentication.target.${chosen}.label`) }),
          ),
        onError: (error) => {
          if (describesHere.includes(chosen) && error instanceof ApiProblem && error.code === 'invalid-input')
            setDescribing(chosen)
          else notifyFailed(t('radius-authentication.target.notChanged'), problemText(error))
        },
      },
    )
  }
  return (
    <Stack gap="lg">
      {target.kind === 'none' && <Notice state="warning" title={t('radius-authentication.target.none')} />}
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      <RadioCards
        label={t('radius-authentication.target.label')}
        value={shown}
        readOnly={!may || change.isPending}
        onChange={(value) => {
          const chosen = targetKind.options.find((option) => option === value)
          setDescribing(undefined)
          if (chosen === undefined || chosen === target.kind) return
          if (chosen === 'windows-domain' && domain?.configured !== true) setDescribing(chosen)
          else choose(chosen)
        }}
        choices={choices.map((value) => ({
          value,
          label: t(`radius-authentication.target.${value}.label`),
          description: t(`radius-authentication.target.${value}.text`),
        }))}
      />
      {Panel !== undefined && (
        <Panel
          key={shown}
          inUse={shown === target.kind}
          onSaved={() => {
            if (describing === undefined) return
            setDescribing(undefined)
            choose(describing)
          }}
        />
      )}
      {target.kind !== 'none' && !inSetUp && (
        <Group>
          <TestSignInButton />
        </Group>
      )}
    </Stack>
  )
}
