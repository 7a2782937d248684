/**
 * RADIUS server(s) as a target: forwards requests to other RADIUS servers, which decide. Servers are asked in their order; those
 * that are dead or in doubt are passed over while another lives. Links to servers outlive a change of the settings that leaves
 * them as they are, so that moving one up costs nobody a sign-in.
 */
import type { EngineRadiusServer, EngineRadiusTarget } from '@sallyport/store/engine'

import type { PrimaryOutcome, PrimaryQuestion, PrimaryTarget } from '../primary-target.ts'
import { fact } from '../verdict.ts'
import { askServers, type Asked } from './radius/ask.ts'
import { outcomeOf } from './radius/reply.ts'
import { ServerLink, type LinkTools } from './radius/server-link.ts'

const tickEveryMs = 200

/** @param read what the console saved, as it is now */
export function createRadiusPrimary(read: () => EngineRadiusTarget, tools: LinkTools): PrimaryTarget {
  let links: readonly ServerLink[] = []
  let whenAllDead: EngineRadiusTarget['whenAllDead'] = 'silence'
  /** Not in the settings any more, but somebody still waits for them. */
  const leaving = new Set<ServerLink>()

  function apply(): void {
    const target = read()
    whenAllDead = target.whenAllDead
    const before = new Map(links.map((link) => [identity(link.server), link]))
    links = target.servers.map((server) => before.get(identity(server)) ?? new ServerLink(server, tools))
    for (const link of before.values()) if (!links.includes(link)) leaving.add(link)
  }

  function tick(): void {
    const now = tools.clock()
    for (const link of links) link.tick(now)
    for (const link of leaving) {
      if (link.underWay > 0) continue
      leaving.delete(link)
      void link.close()
    }
  }

  function inOrder(): readonly ServerLink[] {
    const now = tools.clock()
    const first = links.filter((link) => link.inTurn(now))
    // Where all are dead there is nothing to lose: they are asked all the same.
    return first.length === links.length ? links : [...first, ...links.filter((link) => !first.includes(link))]
  }

  /** A conversation goes on at the server that began it (RFC 2865 §5.24), also where that has just left the settings. */
  function linksFor({ relay }: PrimaryQuestion): readonly ServerLink[] {
    if (!relay) return inOrder()
    return [...links, ...leaving].filter(({ server }) => server.id === relay.serverId)
  }

  function conclude(asked: Asked, question: PrimaryQuestion): PrimaryOutcome {
    if (asked.kind === 'answered') return outcomeOf(asked, question)
    const { missed } = asked
    const facts = missed.map(({ server, problem }) => fact('no-answer', `${server}: ${problem}`))
    if (missed.length === 0) {
      const detail = question.relay ? 'The server that asked is not in the list any more.' : 'No server is in the list.'
      return { kind: 'down', detail, reject: whenAllDead === 'reject' }
    }
    return { kind: 'down', detail: 'No server answered in time.', facts, reject: whenAllDead === 'reject' }
  }

  apply()
  const asking = { clock: tools.clock, conclude }
  const wheel = setInterval(tick, tickEveryMs)

  return {
    kind: 'radius',
    methods: ['pap', 'chap', 'ms-chap', 'eap'],
    apply,
    check: (question) => askServers(linksFor(question), question, asking),
    health: () =>
      links.map(({ server, name, health, rejected }) => ({
        id: server.id,
        server: name,
        state: health.state === 'alive' ? 'up' : health.state === 'dead' ? 'down' : health.state,
        sinceMs: health.sinceMs,
        problem: health.problem,
        latencyMs: health.latencyMs,
        rejected,
      })),
    async close() {
      clearInterval(wheel)
      await Promise.all([...links, ...leaving].map((link) => link.close()))
    },
    get underWay() {
      return [...links, ...leaving].reduce((sum, link) => sum + link.underWay, 0)
    },
  }
}

/** All but what is learned on the way and changes nothing of the link. */
function identity(server: EngineRadiusServer): string {
  return JSON.stringify({ ...server, messageAuthenticatorSeen: undefined })
}
