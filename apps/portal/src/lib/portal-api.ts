/** Calls the portal's API as the contract describes it, and turns its problems into typed errors. */
import type { EndpointCall, EndpointResponse } from '@sallyport/contract'
import { problem as problemSchema, type PortalEndpoint } from '@sallyport/contract/portal'

/** A call that did not succeed: a code of the API, or `unreachable`, or `unexpected-answer`. */
export class PortalProblem extends Error {
  override readonly name = 'PortalProblem'
  readonly code: string
  /** What is wrong with each field of the input, by its dotted path. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]

  constructor(code: string, message: string, errors: PortalProblem['errors'] = []) {
    super(message)
    this.code = code
    this.errors = errors
  }
}

/** Endpoints without parameters in their path. Throws {@link PortalProblem}. */
export async function call<E extends PortalEndpoint>(
  endpoint: E,
  input: Partial<Pick<EndpointCall<E>, 'body'>> = {},
): Promise<EndpointResponse<E>> {
  let response: Response
  try {
    response = await fetch(endpoint.path, {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        ...(endpoint.method !== 'GET' && { 'x-sallyport-request': 'portal', 'content-type': 'application/json' }),
      },
      credentials: 'same-origin',
      cache: 'no-store',
      ...(endpoint.method !== 'GET' && { body: JSON.stringify(input.body ?? {}) }),
    })
  } catch {
    throw new PortalProblem('unreachable', 'The server does not answer.')
  }
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (!response.ok) {
    const known = problemSchema.safeParse(body)
    if (!known.success) throw new PortalProblem('unexpected-answer', `The server answered ${response.status}.`)
    const { code, title, detail, errors } = known.data
    throw new PortalProblem(code, detail ?? title, errors)
  }
  const answer = endpoint.response?.safeParse(body)
  if (answer?.success === false) throw new PortalProblem('unexpected-answer', 'The server answered something else.')
  return answer?.data as EndpointResponse<E>
}
