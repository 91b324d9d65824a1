import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { FieldProblem } from '#contract/errors.ts'
import type { ImportOutcome } from '#contract/import-words.ts'
import { ImportWish } from '#contract/imports.ts'
import type { UiLanguage } from '#contract/primitives.ts'
import type { Deps } from '../deps.ts'
import { csvLine } from '../exports/csv-text.ts'
import { answering, memberWho, readerOf } from '../http/answering.ts'
import { forMember, reading, writing } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { readToEnd } from '../http/read-to-end.ts'
import { findImport, getImport, listImports } from './list-imports.ts'
import { outcomeHeads, outcomeNames, reasonText } from './outcome-words.ts'
import { getPlan, listPlanned, startPlan } from './start-plan.ts'
import { cancelImport, startImport, undoImport } from './start-import.ts'
import { mostBytes, uploadImport } from './upload-import.ts'

export const importRoutes = {
  list: forMember.imports.list.handler(reading(listImports)),
  get: forMember.imports.get.handler(reading(getImport)),
  plan: forMember.imports.plan.handler(writing(startPlan)),
  getPlan: forMember.imports.getPlan.handler(reading(getPlan)),
  planned: forMember.imports.planned.handler(reading(listPlanned)),
  start: forMember.imports.start.handler(writing(startImport)),
  cancel: forMember.imports.cancel.handler(writing(cancelImport)),
  undo: forMember.imports.undo.handler(writing(undoImport)),
}

/** `POST /imports` (multipart, one file) and `GET /imports/:workspace/:id/outcome?language=es`. */
export async function mountImports(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: mostBytes, files: 1, fields: 0, parts: 1 },
      throwFileSizeLimit: false,
    })
    scope.post(
      '/imports',
      { bodyLimit: mostBytes + 64 * 1024 },
      answering(async (request, reply) => {
        const actor = await memberWho('contacts.import', deps, request)
        if (!request.isMultipart())
          return reply
            .code(415)
            .send({ code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send a file as multipart/form-data.' })
        return reply.send(await uploadImport(deps, actor, request).finally(() => readToEnd(request)))
      }),
    )
    scope.get<{ Params: { workspace: string; id: string } }>(
      '/imports/:workspace/:id/outcome',
      answering(async (request, reply) => {
        const { workspace, id } = request.params as { workspace: string; id: string }
        const actor = await readerOf(deps, request, workspace, 'contacts.import')
        if (!/^[1-9]\d{0,14}$/.test(id)) return fail('NOT_FOUND')
        const { outcomeUrl, heads } = await findImport(deps.db, actor.workspaceId, Number(id))
        if (outcomeUrl === null) return fail('NOT_FOUND')
        const language = (request.query as { language?: string }).language === 'es' ? 'es' : 'en'
        void reply.headers({
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="import-${id}.csv"`,
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        })
        return reply.send(Readable.from(outcomeOf(deps, actor.workspaceId, Number(id), heads, language)))
      }),
    )
  })
}

/** The file as it was handed in, with what became of each row in front. */
async function* outcomeOf(
  { db }: Deps,
  workspaceId: number,
  importId: number,
  heads: readonly string[],
  language: UiLanguage,
): AsyncGenerator<string> {
  const file = await db
    .selectFrom('import')
    .select('wish')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .executeTakeFirst()
  const { columns } = ImportWish.parse(file?.wish)
  yield `\ufeff${csvLine([...outcomeHeads[language], ...heads], ',')}`
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('import_row')
      .select(['place', 'line', 'cells', 'outcome', 'reasons', 'contact_id'])
      .where('workspace_id', '=', workspaceId)
      .where('import_id', '=', importId)
      .where('place', '>', after)
      .orderBy('place')
      .limit(1000)
      .execute()
    yield rows
      .map(({ line, cells, outcome, reasons, contact_id }) => {
        const words = outcome === null ? '' : outcomeNames[language][outcome as ImportOutcome]
        const why = ((reasons ?? []) as unknown as FieldProblem[])
          .map((one) => reasonText(one, { columns, heads, language }))
          .join(' ')
        return csvLine([String(line), words, why, String(contact_id ?? ''), ...cells], ',')
      })
      .join('')
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.place
  }
}
