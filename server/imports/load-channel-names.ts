import type { Reader, Tx } from '../http/endpoint.ts'
import type { RowContext } from './read-row.ts'

/** The channels of the workspace, as a file may name them. */
export const loadChannelNames = (db: Reader | Tx, workspaceId: number): Promise<RowContext['channels']> =>
  db
    .selectFrom('channel')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('deleted_at', 'is', null)
    .execute()
