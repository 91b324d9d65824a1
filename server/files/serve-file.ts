import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sees } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { readRange } from './read-range.ts'
import { kindOfType } from './sniff-type.ts'

/** Sends a file to a member who may see it. Whatever it is, nothing in it runs: pictures, sound and film show, all else is saved. */
export async function serveFile(
  deps: Deps,
  actor: Actor,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await findVisibleFile(deps, actor, id)
  const inline = kindOfType(file.type) !== 'file'
  void reply.headers({
    'content-type': inline ? file.type : 'application/octet-stream',
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    // asked again each time: the right to see it may have ended
    'cache-control': 'private, no-cache',
    etag: `"${id}"`,
  })
  if (request.headers['if-none-match'] === `"${id}"`) return reply.code(304).send()
  const { size, content } = await deps.files.stream(actor.workspaceId, id).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return fail('NOT_FOUND')
    throw error
  })
  const range = readRange(request.headers.range, size)
  if (range === null) return reply.header('content-length', size).send(content)
  if (range === 'unsatisfiable') {
    content.destroy()
    return reply.code(416).header('content-range', `bytes */${size}`).send()
  }
  void reply.code(206).headers({
    'content-range': `bytes ${range.start}-${range.end}/${size}`,
    'content-length': range.end - range.start + 1,
  })
  return reply.send(Readable.from(cut(content, range)))
}

/** Not yet sent: its uploader's alone. Sent or received: whoever sees the contact. Anything else is not there. */
async function findVisibleFile(deps: Deps, actor: Actor, id: string): Promise<{ name: string; type: string }> {
  const file = await deps.db
    .selectFrom('attachment')
    .leftJoin('contact', (join) =>
      join
        .onRef('contact.workspace_id', '=', 'attachment.workspace_id')
        .onRef('contact.id', '=', 'attachment.contact_id'),
    )
    .leftJoin('contact_state', (join) =>
      join
        .onRef('contact_state.workspace_id', '=', 'attachment.workspace_id')
        .on('contact_state.contact_id', '=', (eb) => eb.fn.coalesce('contact.root_id', 'contact.id')),
    )
    .select([
      'attachment.name',
      'attachment.type',
      'attachment.state',
      'attachment.message_id',
      'attachment.uploaded_by',
      'contact_state.contact_id as seenThrough',
      'contact_state.assignee_id as assigneeId',
      'contact_state.team_id as teamId',
    ])
    .where('attachment.workspace_id', '=', actor.workspaceId)
    .where('attachment.id', '=', id)
    .executeTakeFirst()
  if (file === undefined || file.state !== 'stored') return fail('NOT_FOUND')
  const visible =
    file.message_id === null ? file.uploaded_by === actor.memberId : file.seenThrough !== null && sees(actor, file)
  return visible ? file : fail('NOT_FOUND')
}

// RFC 8187: what encodeURIComponent leaves alone beyond the allowed characters
const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** The bytes `start` to `end`, both included; files are small enough to read past what comes before. */
async function* cut(content: Readable, { start, end }: { start: number; end: number }): AsyncGenerator<Buffer> {
  let at = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at))
    at += chunk.length
    if (part.length > 0) yield part
    if (at > end) return
  }
}
