import multipart from '@fastify/multipart'
import { ORPCError } from '@orpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '#contract/errors.ts'
import { can } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import { databaseRefusal } from '../http/database-refusal.ts'
import type { Actor } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { serveFile } from './serve-file.ts'
import { uploadFiles, uploadLimits } from './upload-files.ts'

/** `POST /files` (multipart, several at once) and `GET /files/:workspace/:id`. Forms are read nowhere else. */
export async function mountFiles(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: uploadLimits.fileBytes, files: uploadLimits.files, fields: 0, parts: uploadLimits.files },
    })
    scope.post(
      '/files',
      { bodyLimit: uploadLimits.fileBytes * uploadLimits.files + 64 * 1024 },
      answering(async (request, reply) => {
        const actor = await memberOf(deps, request)
        if (!request.isMultipart())
          return reply.code(415).send({ code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send files as multipart/form-data.' })
        return reply.send(await uploadFiles(deps, actor, request))
      }),
    )
    scope.get<{ Params: { workspace: string; id: string } }>(
      '/files/:workspace/:id',
      answering(async (request, reply) => {
        const { workspace, id } = request.params as { workspace: string; id: string }
        const actor = await readerOf(deps, request, workspace)
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return fail('NOT_FOUND')
        return serveFile(deps, actor, id, request, reply)
      }),
    )
  })
}

async function memberOf(deps: Deps, request: FastifyRequest, workspaceId?: number): Promise<Actor> {
  const actor = await deps.people.findActor(request, workspaceId)
  return can(actor, 'inbox.use') ? actor : fail('FORBIDDEN')
}

/** Who reads a file: the address names the workspace, and whoever may not see it learns nothing, not even that they are signed out. */
async function readerOf(deps: Deps, request: FastifyRequest, workspace: string): Promise<Actor> {
  if (!/^[1-9]\d{0,14}$/.test(workspace)) return fail('NOT_FOUND')
  try {
    return await memberOf(deps, request, Number(workspace))
  } catch (error) {
    if (error instanceof ORPCError && error.status < 500) return fail('NOT_FOUND')
    throw error
  }
}

/** Puts the errors of the contract into an answer; these two routes stand outside it. */
function answering(run: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      return await run(request, reply)
    } catch (error) {
      const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      const refusal = error instanceof ORPCError ? error : databaseRefusal(error)
      if (full) return reply.code(503).send({ code: 'UNAVAILABLE', message: errors.UNAVAILABLE.message })
      if (refusal === null) throw error
      const { code, message, data, status } = refusal as ORPCError<string, unknown>
      return reply.code(status).send({ code, message, ...(data === undefined ? {} : { data }) })
    }
  }
}
