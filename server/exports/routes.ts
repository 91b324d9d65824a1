import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { UiLanguage } from '#contract/primitives.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { Deps } from '../deps.ts'
import { answering, readerOf } from '../http/answering.ts'
import { forMember, reading, writing } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { cancelExport } from './cancel-export.ts'
import { getExport, listExports } from './list-exports.ts'
import { startExport } from './start-export.ts'

export const exportRoutes = {
  start: forMember.exports.start.handler(writing(startExport)),
  list: forMember.exports.list.handler(reading(listExports)),
  get: forMember.exports.get.handler(reading(getExport)),
  cancel: forMember.exports.cancel.handler(writing(cancelExport)),
}

const fileName: Readonly<Record<UiLanguage, string>> = { en: 'contacts', es: 'contactos' }

/** `GET /exports/:workspace/:job`: the file, for whoever may export at that moment. Every download is in the audit trail. */
export function mountExports(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { workspace: string; job: string } }>(
    '/exports/:workspace/:job',
    answering(async (request, reply) => {
      const { workspace, job } = request.params as { workspace: string; job: string }
      const actor = await readerOf(deps, request, workspace, 'contacts.export')
      if (!/^[1-9]\d{0,14}$/.test(job)) return fail('NOT_FOUND')
      const { url, format, job: made } = await getExport({ deps, db: deps.db, actor }, { jobId: Number(job) })
      if (url === null) return fail('NOT_FOUND')
      const { language } = await deps.db
        .selectFrom('export')
        .select('language')
        .where('workspace_id', '=', actor.workspaceId)
        .where('job_id', '=', made.id)
        .executeTakeFirstOrThrow()
      await deps.db
        .transaction()
        .execute((tx) =>
          recordAudit(tx, deps.clock, actor, 'exportDownloaded', { jobId: made.id, contacts: made.done }),
        )
      const name = `${fileName[language as UiLanguage]}-${made.askedAt.slice(0, 10)}.${format === 'csv' ? 'csv' : 'vcf'}`
      void reply.headers({
        'content-type': `text/${format}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      return reply.send(Readable.from(partsOf(deps, actor.workspaceId, made.id), { highWaterMark: 1 }))
    }),
  )
}

/** The file part by part: two or three lie in memory at a time, whatever its size. */
async function* partsOf({ db }: Deps, workspaceId: number, jobId: number): AsyncGenerator<string> {
  for (let after = -2; ;) {
    const parts = await db
      .selectFrom('export_part')
      .select(['place', 'content'])
      .where('workspace_id', '=', workspaceId)
      .where('job_id', '=', jobId)
      .where('place', '>', after)
      .orderBy('place')
      .limit(2)
      .execute()
    for (const { content } of parts) yield content
    const last = parts.at(-1)
    if (last === undefined) return
    after = last.place
  }
}
