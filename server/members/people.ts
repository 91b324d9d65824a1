import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account, Actor, Tx } from '../http/endpoint.ts'

/** Everything about who is asking. Passwords, sessions and second factors are the sign-in library's. */
export interface People {
  /** Serves the sign-in library's own endpoints below `/auth`. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  /** The signed-in person, by session cookie; null when there is none. */
  findAccount(request: FastifyRequest): Promise<Account | null>
  /**
   * The member on whose behalf the request is made: by session and the `x-ficha-workspace` header, or by API token (which
   * knows its workspace). An address that names the workspace itself, as pictures and files must, passes it as
   * `workspaceId`. Fails UNAUTHENTICATED, or NOT_FOUND for a workspace this person does not belong to.
   */
  findActor(request: FastifyRequest, workspaceId?: number): Promise<Actor>
  /** The token of the session a request carries, else null. */
  sessionToken(request: FastifyRequest): string | null
  /** Signs a person in within the transaction that let them in; answers the Set-Cookie line. */
  openSession(tx: Tx, personId: string, browser: { ip: string; userAgent: string }): Promise<string>
  /** Lengthens a session in use; answers Set-Cookie lines, if any. The web asks for this once each time it opens. */
  keepSession(request: FastifyRequest): Promise<string[]>
  /** A token that sets a new password once, for a person's id; for whoever runs the server. */
  makeResetToken(personId: string, minutes: number): Promise<string>
  /** The key that API tokens are signed with. */
  readonly apiTokenKey: string
}
