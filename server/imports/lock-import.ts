import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** A file that was handed in, held until the transaction ends. */
export async function lockImport({ tx, actor }: Pick<WriteContext, 'tx' | 'actor'>, importId: number) {
  const file = await tx
    .selectFrom('import')
    .selectAll()
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst()
  return file ?? fail('NOT_FOUND')
}
