import type { Export } from '#contract/exports.ts'
import type { ExportColumn } from '#contract/export-words.ts'
import type { CustomKey } from '#contract/fields.ts'
import type { UiLanguage } from '#contract/primitives.ts'
import { refuseBeyondLimit, startJob } from '../bulk/start-job.ts'
import { isCustom } from '../contacts/provenance.ts'
import { loadFields } from '../fields/list-fields.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { columnNames } from './column-names.ts'
import { csvLine } from './csv-text.ts'
import { getExport } from './list-exports.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Contacts of one part: more would take less time and more memory. */
const batchSize = { csv: 800, vcard: 400 } as const

/** Has contacts written to a file in the background. */
export async function startExport(context: WriteContext, input: ParsedInput<'start'>): Promise<Export> {
  const { tx, deps, actor } = context
  const { workspaceId } = actor
  const { selection, format, language, separator } = input
  const columns = [...new Set(input.columns)]
  const heads = await headsOf(tx, workspaceId, columns, language)
  const job = await startJob(context, 'export', selection, { size: batchSize[format] })
  await refuseBeyondLimit(tx, workspaceId, job.total)
  const key = { workspace_id: workspaceId, job_id: job.id }
  await tx
    .insertInto('export')
    .values({ ...key, format, columns, language, separator })
    .execute()
  if (format === 'csv')
    await tx
      .insertInto('export_part')
      .values({ ...key, place: -1, content: `\ufeff${csvLine(heads, separator)}` })
      .execute()
  return getExport({ deps, db: tx, actor }, { jobId: job.id })
}

async function headsOf(
  tx: Tx,
  workspaceId: number,
  columns: readonly (ExportColumn | CustomKey)[],
  language: UiLanguage,
): Promise<string[]> {
  const fields = columns.some(isCustom) ? await loadFields(tx, workspaceId) : []
  return columns.map((column, at) => {
    if (!isCustom(column)) return columnNames[language][column]
    const field = fields.find(({ id }) => column === `#${id}`)
    return field?.name ?? refuse(`columns.${at}`, 'unknown', 'There is no such field.')
  })
}
