/** The part of oidc-provider that the tests' provider uses; the package brings no types. */
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Context {
  readonly path: string
  body: unknown
}

interface Interaction {
  readonly prompt: { readonly name: string }
  readonly params: { readonly client_id: string }
  readonly session?: { readonly accountId: string }
}

interface Grant {
  addOIDCScope(scope: string): void
  addOIDCClaims(claims: readonly string[]): void
  save(): Promise<string>
}

interface OidcProvider {
  readonly Grant: new (of: { accountId: string; clientId: string }) => Grant
  use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void
  callback(): (request: IncomingMessage, response: ServerResponse) => void
  interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
  /** Where the browser goes on. */
  interactionResult(
    request: IncomingMessage,
    response: ServerResponse,
    result: object,
    options: { readonly mergeWithLastSubmission: boolean },
  ): Promise<string>
}

export type OidcProviderClass = new (issuer: string, configuration: object) => OidcProvider
