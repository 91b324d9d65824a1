import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Attachment } from '#contract/conversations.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { cleanFileName } from './clean-file-name.ts'
import { layAside, type LaidAside } from './lay-aside.ts'
import { smallUrlOf } from './small-url.ts'
import { sniffType } from './sniff-type.ts'

export const uploadLimits = { fileBytes: 25 * 1024 * 1024, files: 10 }

/** What one member may have waiting, not yet sent: more than any message takes, less than would fill a disk. */
const mostWaiting = { files: 100, bytes: 500 * 1024 * 1024 }

/** Takes a member's files; each belongs to its uploader until a message takes it along. */
export async function uploadFiles(deps: Deps, actor: Actor, request: FastifyRequest): Promise<{ items: Attachment[] }> {
  await refuseHoarding(deps, actor)
  const items: Attachment[] = []
  for await (const file of request.files()) items.push(await takeFile(deps, actor, file))
  if (items.length === 0)
    return fail('BAD_REQUEST', { fields: [{ path: 'file', reason: 'missing', message: 'Send at least one file.' }] })
  return { items }
}

async function takeFile(deps: Deps, actor: Actor, file: MultipartFile): Promise<Attachment> {
  const content = await layAside(deps.config.dataDir, file.file)
  try {
    if (file.file.truncated) throw new PartTooLarge()
    return await keepFile(deps, actor, file, content)
  } finally {
    await rm(content.path, { force: true })
  }
}

/** What is refused while it is read: the server answers it as it answers any body that is too large. */
class PartTooLarge extends Error {
  readonly statusCode = 413
  readonly code = 'FST_REQ_FILE_TOO_LARGE'
}

/** The row stands first, as `pending`: bytes without a row would never be found again. */
async function keepFile(deps: Deps, actor: Actor, file: MultipartFile, content: LaidAside): Promise<Attachment> {
  const { type, kind } = await sniffType(content, file.mimetype)
  const row = { id: randomUUID(), kind, name: cleanFileName(file.filename), type, size: content.size }
  const key = { workspace_id: actor.workspaceId, id: row.id }
  await deps.db
    .insertInto('attachment')
    .values({ ...row, ...key, uploaded_by: actor.memberId, state: 'pending' })
    .execute()
  await deps.files.put(actor.workspaceId, row.id, content)
  await deps.db
    .updateTable('attachment')
    .set({ state: 'stored' })
    .where('workspace_id', '=', key.workspace_id)
    .where('id', '=', key.id)
    .execute()
  const url = fileUrl(actor.workspaceId, row.id)
  return { ...row, state: 'stored', url, smallUrl: smallUrlOf(row, url) }
}

async function refuseHoarding(deps: Deps, actor: Actor): Promise<void> {
  const waiting = await deps.db
    .selectFrom('attachment')
    .select(({ fn }) => [fn.countAll<number>().as('files'), sql<number>`coalesce(sum(size), 0)::bigint`.as('bytes')])
    .where('workspace_id', '=', actor.workspaceId)
    .where('uploaded_by', '=', actor.memberId)
    .where('message_id', 'is', null)
    .executeTakeFirstOrThrow()
  if (waiting.files >= mostWaiting.files || waiting.bytes >= mostWaiting.bytes)
    return fail('TOO_MANY_REQUESTS', { retryAfterSeconds: 3600 })
}

/** Where a member's browser gets a file from; the workspace stands in it because an `<img>` sends no header. */
export const fileUrl = (workspaceId: number, id: string) => `/files/${workspaceId}/${id}`
