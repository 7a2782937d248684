/** A sign-in told in words: its title, its opening sentence, and the whole of it as plain text to paste elsewhere. */
import type { SignInDetails, TraceFact, TraceRound } from '@sallyport/contract'
import { durationText } from '../duration-text.ts'
import {
  clientText,
  factName,
  reasonFix,
  reasonText,
  reasonTitle,
  resultText,
  stageText,
  whoText,
} from './sign-in-words.ts'
import { t } from '../words.ts'
import './page-words.ts'

export function storyTitle(signIn: SignInDetails): string {
  if (signIn.result === 'unanswered' && signIn.username === '') return t('sign-ins.details.story.unansweredNobody')
  return t(`sign-ins.details.story.${signIn.result}`, { who: whoText(signIn) })
}

/** Through what, from where, when, by which factor, how long. */
export function storySentence(signIn: SignInDetails): string {
  const { callingStation, factor, count, rounds } = signIn
  const values = {
    client: clientText(signIn),
    from: callingStation ?? '',
    factor: factor === null ? '' : t(`sign-ins.factor.${factor}`),
    duration: durationText(signIn.durationMs),
    count: count > 1 ? count : rounds.length,
  }
  const parts = [t(callingStation === null ? 'sign-ins.sentence.through' : 'sign-ins.sentence.throughFrom', values)]
  if (factor !== null) parts.push(t(`sign-ins.sentence.factor-${signIn.result}`, values))
  parts.push(count > 1 ? t('sign-ins.sentence.gathered', values) : t('sign-ins.sentence.took', values))
  if (signIn.test) parts.push(t('sign-ins.sentence.test'))
  return parts.join(' ')
}

export function signInText(signIn: SignInDetails): string {
  const fix = reasonFix(signIn)
  const head: TraceFact[] = [
    { name: t('sign-ins.details.id'), value: signIn.id },
    { name: t('sign-ins.details.at'), value: signIn.at },
    { name: t('sign-ins.column.result'), value: `${resultText(signIn.result)} (${signIn.result}, ${signIn.reason})` },
    { name: t('sign-ins.details.sentAs'), value: signIn.username },
    { name: t('sign-ins.details.who'), value: signIn.user?.username ?? t('sign-ins.details.notMatched') },
    { name: t('sign-ins.details.client'), value: `${clientText(signIn)} (${signIn.clientAddress})` },
    { name: t('sign-ins.details.from'), value: signIn.callingStation ?? t('sign-ins.details.fromUnknown') },
    { name: t('sign-ins.details.duration'), value: durationText(signIn.durationMs) },
  ]
  return [
    storyTitle(signIn),
    t('sign-ins.text.reason', { title: reasonTitle(signIn.reason), text: reasonText(signIn) }),
    ...(fix === '' ? [] : [t('sign-ins.text.fix', { fix })]),
    '',
    ...factLines(head, ''),
    ...signIn.rounds.flatMap((round, index) => ['', ...roundLines(round, index + 1)]),
    '',
  ].join('\n')
}

function roundLines(round: TraceRound, number: number): string[] {
  const { request, reply } = round
  return [
    `${t('sign-ins.trace.round', { number })} · ${round.at} · ${durationText(round.durationMs)}`,
    `  ${t('sign-ins.trace.attributes', { code: request.code, identifier: request.identifier })}`,
    ...factLines(request.attributes, '    '),
    ...round.stages.flatMap(({ stage, durationMs, verdict, reason, facts }) => [
      `  ${stageText(stage)} · ${durationText(durationMs)} · ${verdict === null ? t('sign-ins.trace.passed') : t(`sign-ins.trace.verdict.${verdict}`)}${reason === null ? '' : ` (${reason})`}`,
      ...factLines(
        facts.map(({ name, value }) => ({ name: factName(name), value })),
        '    ',
      ),
    ]),
    `  ${reply === null ? t('sign-ins.trace.silence') : reply.code}`,
    ...factLines(reply?.attributes ?? [], '    '),
  ]
}

function factLines(facts: readonly TraceFact[], indent: string): string[] {
  return facts.map(({ name, value }) => `${indent}${name}: ${value}`)
}
