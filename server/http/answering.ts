import { ORPCError } from '@orpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '#contract/errors.ts'
import { can, type Action } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import { databaseRefusal } from './database-refusal.ts'
import type { Actor } from './endpoint.ts'
import { fail } from './fail.ts'
import { isStoreAway } from './store-away.ts'

/** Who asks, if they may do this at all. For routes that stand outside the contract: files in, files out. */
export async function memberWho(
  action: Action,
  deps: Deps,
  request: FastifyRequest,
  workspaceId?: number,
): Promise<Actor> {
  const actor = await deps.people.findActor(request, workspaceId)
  return can(actor, action) ? actor : fail('FORBIDDEN')
}

/** Who reads a file: the address names the workspace, and whoever may not see it learns nothing, not even that they are signed out. */
export async function readerOf(deps: Deps, request: FastifyRequest, workspace: string, action: Action): Promise<Actor> {
  if (!/^[1-9]\d{0,14}$/.test(workspace)) return fail('NOT_FOUND')
  try {
    return await memberWho(action, deps, request, Number(workspace))
  } catch (error) {
    if (error instanceof ORPCError && error.status < 500) return fail('NOT_FOUND')
    throw error
  }
}

/** Puts the errors of the contract into an answer, for routes that stand outside it. */
export function answering(run: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      return await run(request, reply)
    } catch (error) {
      const refusal = error instanceof ORPCError ? error : databaseRefusal(error)
      if (isStoreAway(error)) return reply.code(503).send({ code: 'UNAVAILABLE', message: errors.UNAVAILABLE.message })
      if (refusal === null) throw error
      const { code, message, data, status } = refusal as ORPCError<string, unknown>
      return reply.code(status).send({ code, message, ...(data === undefined ? {} : { data }) })
    }
  }
}
