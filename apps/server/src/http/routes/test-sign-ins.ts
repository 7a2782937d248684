/** Test sign-in: an administrator plays the device. Written to the trail before anything is sent, throttled, and nobody else's to see. */
import { randomUUID } from 'node:crypto'
import type { api } from '@sallyport/contract'
import type { Attribute } from '@sallyport/radius'
import type { Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import type { Handlers } from '../handlers.ts'
import type { PasswordTrials } from '../password-trials.ts'
import { unpackRound } from '../../trace/packed-round.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import { createConversation } from '../test-sign-in/conversation.ts'
import { deviceAttribute, identityOf, type NamedText } from '../test-sign-in/device-attributes.ts'
import { createOwnConversations } from '../test-sign-in/own-conversations.ts'

export interface TestSignInRouteDependencies {
  readonly store: Pick<Store, 'radiusClients' | 'signIns' | 'audit'>
  readonly engine: EngineControl
  readonly clock: () => Date
  readonly onClose: (end: () => Promise<void>) => void
  readonly trials: PasswordTrials
}

/** Most replies come sooner; what takes longer is fetched. */
const replyWithinMs = 1_500
const newsWithinMs = 2_000

export function testSignInHandlers(dependencies: TestSignInRouteDependencies): Handlers<typeof api.testSignIns> {
  const { store, engine, clock, onClose, trials } = dependencies
  const conversations = createOwnConversations(clock)
  onClose(conversations.stopAll)

  return {
    async start({ body, caller, log }) {
      const { clientId, username, password, method, dryRun } = body
      const client = await store.radiusClients.forTest(clientId)
      if (client === null) throw fieldProblem('clientId', 'This RADIUS client does not exist any more.')
      if (!client.enabled) {
        throw fieldProblem(
          'clientId',
          'This RADIUS client is disabled: its device would meet silence. Enable it first.',
        )
      }
      if (Buffer.byteLength(username) > 253) throw fieldProblem('username', 'At most 253 octets in UTF-8.')
      if (Buffer.byteLength(password) > 128) throw fieldProblem('password', 'At most 128 octets in UTF-8.')
      const given = body.attributes.filter(({ value }) => value !== '')
      const attributes = attributesOf([...body.attributes, ...identityOf(client.address, given)])
      const onProven = trials.begin(caller, username)

      const conversation = createConversation({
        ...{ id: randomUUID(), client, username, method, dryRun, attributes, engine, clock },
        readSignIn: async (id) => {
          const signIn = await store.signIns.byId(id)
          return signIn && { ...signIn, rounds: signIn.rounds.map(unpackRound) }
        },
        onProven,
        onFailure: (error) => log.error(error, 'a test sign-in failed'),
      })
      await conversations.put(caller.administrator.id, conversation)
      const name = client.applicationName || client.address
      await store.audit.noteTestSignIn({ username, client: { id: clientId, name }, method, dryRun }, caller.actor)
      try {
        await conversation.begin(password)
      } catch (cause) {
        const detail =
          'The sign-in engine opened no port for the test. Look at Status; if this stays, restart the server.'
        throw new ApiProblem('unavailable', { detail, cause })
      }
      await conversation.settled(replyWithinMs)
      return conversation.view()
    },
    async read({ params, caller }) {
      const conversation = conversations.find(caller.administrator.id, params.id)
      await conversation.change(newsWithinMs)
      return conversation.view()
    },
    async answer({ params, body, caller }) {
      const conversation = conversations.find(caller.administrator.id, params.id)
      if (Buffer.byteLength(body.answer) > 128) throw fieldProblem('answer', 'At most 128 octets in UTF-8.')
      if (!conversation.answer(body.answer)) {
        throw fieldProblem('answer', 'Nothing is asked for any more. Start a new test.')
      }
      await conversation.settled(replyWithinMs)
      return conversation.view()
    },
    async stop({ params, caller }) {
      const conversation = conversations.find(caller.administrator.id, params.id)
      await conversation.stop()
      return conversation.view()
    },
  }
}

function attributesOf(named: readonly NamedText[]): readonly Attribute[] {
  return named.flatMap((each, index) => {
    if (each.value === '') return []
    const made = deviceAttribute(each)
    if (!made) throw fieldProblem(`attributes.${index}.value`, `This is no value of ${each.name}.`)
    return made
  })
}

function fieldProblem(path: string, message: string): ApiProblem {
  return invalidInput({ path, message })
}
