/** Calls the REST API as the contract describes it, and turns its problems into typed errors. */
import {
  problem as problemSchema,
  type Endpoint,
  type EndpointResponse,
  type FieldProblem,
  type ProblemCode,
} from '@sallyport/contract'
import type { z } from 'zod'
import { proofGate, sessionGate, type SessionGate } from './session-gate.ts'

/** What went wrong: a code of the API, or one of ours for what happened on the way. */
export type ApiProblemCode = ProblemCode | 'unreachable' | 'unexpected-answer'

/** A call that did not succeed. `errors` names fields; `current` is what stands now after `changed-meanwhile`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ApiProblemCode
  readonly status: number
  readonly detail: string | undefined
  readonly errors: readonly FieldProblem[]
  readonly current: unknown

  constructor(known: {
    code: ApiProblemCode
    title: string
    status?: number
    detail?: string | undefined
    errors?: readonly FieldProblem[] | undefined
    current?: unknown
    cause?: unknown
  }) {
    super(known.detail ?? known.title, { cause: known.cause })
    this.code = known.code
    this.status = known.status ?? 0
    this.detail = known.detail
    this.errors = known.errors ?? []
    this.current = known.current
  }
}

/** What an endpoint needs: nothing more, nothing less. */
export type CallInput<E extends Endpoint> = Part<'params', E['params']> &
  Part<'query', E['query']> &
  Part<'body', E['body']> &
  (E['upload'] extends true ? { readonly file: Blob } : { readonly file?: undefined })
type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? object extends z.input<Schema>
    ? { readonly [N in Name]?: z.input<Schema> }
    : { readonly [N in Name]: z.input<Schema> }
  : { readonly [N in Name]?: undefined }

export interface CallOptions {
  readonly signal?: AbortSignal
  /** `ask` opens the dialog to sign in, or to prove who it is, over the page and calls again; `fail` throws. */
  readonly whenSignedOut?: 'ask' | 'fail'
}

/** What the caller is made of; tests hand in their own. */
export interface CallDependencies {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly gate: Pick<SessionGate, 'ask'>
  /** Asks who it is, where that has to be proven again. */
  readonly proof: Pick<SessionGate, 'ask'>
}

/** Calls an endpoint: `call(api.radius.listClients, {})`. */
export const call = createCall({ fetch: (url, init) => fetch(url, init), gate: sessionGate, proof: proofGate })

export function createCall({ fetch, gate, proof }: CallDependencies) {
  return async function call<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E>,
    { signal, whenSignedOut = 'ask' }: CallOptions = {},
  ): Promise<EndpointResponse<E>> {
    for (;;) {
      const response = await send(endpoint, input, signal)
      if (response.ok) return (await read(endpoint, response)) as EndpointResponse<E>
      const problem = await problemOf(response)
      const asking = problem.code === 'sign-in-required' ? gate : problem.code === 'proof-needed' ? proof : undefined
      if (asking === undefined || whenSignedOut === 'fail' || !(await asking.ask())) throw problem
    }
  }

  async function send(
    endpoint: Endpoint,
    input: Partial<Record<'params' | 'query' | 'body', unknown>> & { readonly file?: Blob | undefined },
    signal?: AbortSignal,
  ) {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (endpoint.method !== 'GET') headers['x-sallyport-request'] = 'console'
    if (input.body !== undefined) headers['content-type'] = 'application/json'
    if (input.file !== undefined) headers['content-type'] = 'application/octet-stream'
    try {
      return await fetch(urlOf(endpoint, input.params, input.query), {
        method: endpoint.method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
        ...(input.file !== undefined && { body: input.file }),
        ...(signal && { signal }),
      })
    } catch (cause) {
      if (signal?.aborted === true) throw cause
      throw new ApiProblem({ code: 'unreachable', title: 'The server does not answer.', cause })
    }
  }
}

/** The address of an endpoint: for links to streams, such as a CSV. */
export function urlOf(endpoint: Endpoint, params?: unknown, query?: unknown): string {
  const values = entriesOf(params)
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = values.find(([key]) => key === name)?.[1]
    if (value === undefined) throw new Error(`${endpoint.path} needs “${name}”.`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(entriesOf(query)).toString()
  return search === '' ? path : `${path}?${search}`
}

function entriesOf(values: unknown): [string, string][] {
  if (typeof values !== 'object' || values === null) return []
  return Object.entries(values).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
  )
}

async function read(endpoint: Endpoint, response: Response): Promise<unknown> {
  if (endpoint.response === undefined) return undefined
  try {
    return endpoint.response.parse(await response.json())
  } catch (cause) {
    throw new ApiProblem({
      code: 'unexpected-answer',
      status: response.status,
      title: 'The server answered something else than this console expects: reload the page.',
      cause,
    })
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = problemSchema.safeParse(body)
  if (parsed.success) return new ApiProblem(parsed.data)
  return new ApiProblem({
    code: response.status >= 502 && response.status <= 504 ? 'unreachable' : 'unexpected-answer',
    status: response.status,
    title: `The server answered ${response.status} ${response.statusText}`.trim(),
  })
}
