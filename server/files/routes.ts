import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { answering, memberWho, readerOf } from '../http/answering.ts'
import type { Actor } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { readToEnd } from '../http/read-to-end.ts'
import { serveFile, serveSmall } from './serve-file.ts'
import { openSmallPictures } from './small-pictures.ts'
import { uploadFiles, uploadLimits } from './upload-files.ts'

/** `POST /files` (multipart, several at once), `GET /files/:workspace/:id` and `…/small`. Forms are read nowhere else. */
export async function mountFiles(app: FastifyInstance, deps: Deps): Promise<void> {
  const pictures = openSmallPictures(deps)
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: uploadLimits.fileBytes, files: uploadLimits.files, fields: 0, parts: uploadLimits.files },
    })
    scope.post(
      '/files',
      { bodyLimit: uploadLimits.fileBytes * uploadLimits.files + 64 * 1024 },
      answering(async (request, reply) => {
        const actor = await memberWho('inbox.use', deps, request)
        if (!request.isMultipart())
          return reply.code(415).send({ code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send files as multipart/form-data.' })
        return reply.send(await uploadFiles(deps, actor, request).finally(() => readToEnd(request)))
      }),
    )
    scope.get<{ Params: { workspace: string; id: string } }>(
      '/files/:workspace/:id',
      answering(async (request, reply) => {
        const { actor, id } = await readerAndFile(deps, request)
        return serveFile(deps, actor, id, request, reply)
      }),
    )
    scope.get<{ Params: { workspace: string; id: string } }>(
      '/files/:workspace/:id/small',
      answering(async (request, reply) => {
        const { actor, id } = await readerAndFile(deps, request)
        return serveSmall(deps, pictures, actor, id, request, reply)
      }),
    )
  })
}

async function readerAndFile(deps: Deps, request: FastifyRequest): Promise<{ actor: Actor; id: string }> {
  const { workspace, id } = request.params as { workspace: string; id: string }
  const actor = await readerOf(deps, request, workspace, 'inbox.use')
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? { actor, id } : fail('NOT_FOUND')
}
