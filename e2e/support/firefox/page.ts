/** A page in Firefox, used as a person uses it: things are found by what they are and are called, and real clicks and keys reach them. */
import type { Bidi, RemoteValue } from './bidi.ts'
import { until } from './until.ts'

/** An ARIA role and the accessible name, whole. */
export type Called = readonly [role: string, name: string]

export interface FirefoxPage {
  readonly goto: (url: string) => Promise<void>
  readonly url: () => Promise<string>
  /** Resolves once it is there. */
  readonly seen: (...what: Called) => Promise<void>
  readonly click: (...what: Called) => Promise<void>
  /** Types over what is there. */
  readonly fill: (name: string, text: string) => Promise<void>
  readonly words: () => Promise<string>
  /** A picture, PNG. */
  readonly screenshot: () => Promise<Buffer>
}

interface Node {
  readonly sharedId: string
}
interface Tree {
  readonly contexts: readonly { readonly context: string; readonly url: string }[]
}

/** WebDriver §17.4.2: the control key. */
const controlKey = '\uE009'

export async function pages(bidi: Bidi): Promise<readonly { readonly url: string; readonly page: FirefoxPage }[]> {
  const { contexts } = await bidi.send<Tree>('browsingContext.getTree')
  return contexts.map(({ context, url }) => ({ url, page: createPage(bidi, context) }))
}

function createPage(bidi: Bidi, context: string): FirefoxPage {
  const evaluate = async (expression: string): Promise<string> => {
    const { result } = await bidi.send<{ result: RemoteValue }>('script.evaluate', {
      ...{ expression, target: { context }, awaitPromise: true },
    })
    return String(result.value)
  }
  const find = (role: string, name: string): Promise<Node> => {
    const locator = { type: 'accessibility', value: { role, name } }
    const look = async () => {
      const sought = { context, locator, maxNodeCount: 1 }
      return (await bidi.send<{ nodes: Node[] }>('browsingContext.locateNodes', sought)).nodes[0]
    }
    return until(look, async () => `no ${role} “${name}” in:\n${await evaluate('document.body.innerText')}`)
  }
  const press = async ({ sharedId }: Node) => {
    const origin = { type: 'element', element: { sharedId } }
    const move = { type: 'pointerMove', x: 0, y: 0, origin }
    const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]
    await bidi.send('script.callFunction', {
      functionDeclaration: '(element) => element.scrollIntoView({ block: "center", behavior: "instant" })',
      ...{ target: { context }, awaitPromise: false, arguments: [{ sharedId }] },
    })
    await bidi.send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
  }
  const type = async (keys: readonly { readonly type: string; readonly value: string }[]) => {
    await bidi.send('input.performActions', { context, actions: [{ type: 'key', id: 'keyboard', actions: keys }] })
  }
  const down = (value: string) => ({ type: 'keyDown', value })
  const up = (value: string) => ({ type: 'keyUp', value })

  return {
    async goto(url) {
      await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    url: () => evaluate('location.href'),
    async seen(...what) {
      await find(...what)
    },
    click: async (...what) => press(await find(...what)),
    async fill(name, text) {
      await press(await find('textbox', name))
      await type([down(controlKey), down('a'), up('a'), up(controlKey)])
      await type(Array.from(text).flatMap((key) => [down(key), up(key)]))
    },
    words: () => evaluate('document.body.innerText'),
    async screenshot() {
      const { data } = await bidi.send<{ data: string }>('browsingContext.captureScreenshot', { context })
      return Buffer.from(data, 'base64')
    },
  }
}
