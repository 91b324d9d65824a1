import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { answering, memberWho, readerOf } from '../http/answering.ts'
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
        const actor = await memberWho('inbox.use', deps, request)
        if (!request.isMultipart())
          return reply.code(415).send({ code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send files as multipart/form-data.' })
        return reply.send(await uploadFiles(deps, actor, request))
      }),
    )
    scope.get<{ Params: { workspace: string; id: string } }>(
      '/files/:workspace/:id',
      answering(async (request, reply) => {
        const { workspace, id } = request.params as { workspace: string; id: string }
        const actor = await readerOf(deps, request, workspace, 'inbox.use')
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return fail('NOT_FOUND')
        return serveFile(deps, actor, id, request, reply)
      }),
    )
  })
}
