import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account, Actor } from '../http/endpoint.ts'

/** Everything about who is asking. Passwords, sessions and second factors are the sign-in library's. */
export interface People {
  /** Serves the sign-in library's own endpoints below `/auth`. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  /** The signed-in person, by session cookie; null when there is none. */
  findAccount(request: FastifyRequest): Promise<Account | null>
  /**
   * The member on whose behalf the request is made: by session and the `x-ficha-workspace` header, or by API token (which
   * knows its workspace). Fails UNAUTHENTICATED, or NOT_FOUND for a workspace this person does not belong to.
   */
  findActor(request: FastifyRequest): Promise<Actor>
}
