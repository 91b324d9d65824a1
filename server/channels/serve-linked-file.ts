import type { FastifyReply } from 'fastify'
import type { Deps } from '../deps.ts'
import { readFileLink } from './file-link.ts'

/** Sends a file to whoever holds a link to it that was made for a provider or an integrator. It is saved, never shown. */
export async function serveLinkedFile(deps: Deps, link: string, reply: FastifyReply): Promise<FastifyReply> {
  const linked = readFileLink(deps.config.secret, link, Date.now())
  const file =
    linked === null
      ? undefined
      : await deps.db
          .selectFrom('attachment')
          .select(['name', 'type'])
          .where('workspace_id', '=', linked.workspaceId)
          .where('id', '=', linked.fileId)
          .where('state', '=', 'stored')
          .where('message_id', 'is not', null)
          .executeTakeFirst()
  const stored =
    linked === null || file === undefined ? null : await deps.files.stream(linked.workspaceId, linked.fileId)
  if (file === undefined || stored === null)
    return reply.code(404).send({ error: { message: 'There is nothing here.' } })
  return reply
    .headers({
      'content-type': file.type,
      'content-length': stored.size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, '_')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      // a page that shows the chat shows its pictures
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, no-store',
    })
    .send(stored.content)
}
