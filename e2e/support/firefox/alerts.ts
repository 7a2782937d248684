/** The notifications on Firefox's screen: each is a small window of the browser's own, with what it says and a place to click. */
import type { Bidi, RemoteValue } from './bidi.ts'
import { until } from './until.ts'

export interface Alert {
  readonly title: string
  readonly text: string
  readonly click: () => Promise<void>
  /**
   * Presses one of its buttons. The windows that stand in for a desktop's notifications have none of their own: what a desktop's
   * would tell Firefox is told here, to the listener that Firefox gave the window.
   */
  readonly press: (action: string) => Promise<void>
}

export interface Alerts {
  readonly shown: () => Promise<readonly Alert[]>
  /** Resolves once there is one. */
  readonly next: () => Promise<Alert>
}

interface Tree {
  readonly contexts: readonly { readonly context: string; readonly url: string }[]
}

type Evaluated =
  | { readonly type: 'success'; readonly result: RemoteValue }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } }

export function createAlerts(bidi: Bidi): Alerts {
  const evaluate = async (context: string, expression: string) => {
    const target = { target: { context }, awaitPromise: false }
    const evaluated = await bidi.send<Evaluated>('script.evaluate', { expression, ...target })
    if (evaluated.type === 'exception') throw new Error(evaluated.exceptionDetails.text)
    return String(evaluated.result.value)
  }
  const read = async (context: string): Promise<Alert> => ({
    title: await evaluate(context, 'document.getElementById("alertTitleLabel")?.value ?? ""'),
    text: await evaluate(context, 'document.getElementById("alertTextLabel")?.textContent ?? ""'),
    async click() {
      await evaluate(context, 'document.getElementById("alertBox").click()')
    },
    async press(action) {
      const pressed = `{ QueryInterface: ChromeUtils.generateQI(["nsIAlertAction"]), action: ${JSON.stringify(action)} }`
      await evaluate(context, `gAlertListener.observe(${pressed}, "alertclickcallback", gAlertCookie)`)
    },
  })
  const shown = async () => {
    const { contexts } = await bidi.send<Tree>('browsingContext.getTree', { 'moz:scope': 'chrome' })
    return Promise.all(contexts.filter(({ url }) => url.endsWith('/alert.xhtml')).map(({ context }) => read(context)))
  }
  const next = () =>
    until(
      async () => (await shown()).find(({ title }) => title !== ''),
      () => 'Firefox showed no notification',
    )
  return { shown, next }
}
