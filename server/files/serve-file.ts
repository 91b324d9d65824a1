import type { FastifyReply, FastifyRequest } from 'fastify'
import { sees } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { readRange } from './read-range.ts'
import type { SmallPictures } from './small-pictures.ts'
import { hasSmall } from './small-url.ts'
import { kindOfType } from './sniff-type.ts'

interface FoundFile {
  readonly name: string
  readonly type: string
  readonly size: number | null
}

/** Sends a file to a member who may see it. Whatever it is, nothing in it runs: pictures, sound and film show, all else is saved. */
export async function serveFile(
  deps: Deps,
  actor: Actor,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await findVisibleFile(deps, actor, id)
  const headers = { ...headersFor(id, file), 'accept-ranges': 'bytes' }
  if (request.headers['if-none-match'] === `"${id}"`) return reply.code(304).headers(headers).send()
  const range = file.size === null ? null : readRange(request.headers.range, file.size)
  if (range === 'unsatisfiable') {
    const whole = { ...headers, 'content-range': `bytes */${file.size}` }
    return reply.code(416).headers(whole).send()
  }
  const stored = await deps.files.stream(actor.workspaceId, id, { range: range ?? undefined })
  if (stored === null) return fail('NOT_FOUND')
  // only now: what is refused is said in JSON
  void reply.headers(headers)
  if (range !== null) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
  return reply.header('content-length', stored.size).send(stored.content)
}

/** Sends a small picture of a picture, made when it is first asked for. */
export async function serveSmall(
  deps: Deps,
  pictures: SmallPictures,
  actor: Actor,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await findVisibleFile(deps, actor, id)
  if (!hasSmall(file)) return fail('NOT_FOUND')
  const headers = headersFor(`${id}.small`, { name: `${file.name}.webp`, type: 'image/webp' })
  if (request.headers['if-none-match'] === `"${id}.small"`) return reply.code(304).headers(headers).send()
  const kept = await deps.files.stream(actor.workspaceId, id, { form: 'small' })
  if (kept !== null) return reply.headers({ ...headers, 'content-length': kept.size }).send(kept.content)
  const made = await pictures.make(actor.workspaceId, id)
  return made === null ? fail('NOT_FOUND') : reply.headers(headers).send(made)
}

function headersFor(tag: string, { name, type }: { name: string; type: string }): Record<string, string> {
  const inline = kindOfType(type) !== 'file'
  return {
    'content-type': inline ? type : 'application/octet-stream',
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    // asked again each time: the right to see it may have ended
    'cache-control': 'private, no-cache',
    etag: `"${tag}"`,
  }
}

/** Not yet sent: its uploader's alone. Sent or received: whoever sees the contact. Anything else is not there. */
async function findVisibleFile(deps: Deps, actor: Actor, id: string): Promise<FoundFile> {
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
      'attachment.size',
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
