import type { Tx } from '../http/endpoint.ts'

/** What a team is called now, for the audit trail. */
export async function teamName(tx: Tx, workspaceId: number, teamId: number | null): Promise<string | null> {
  if (teamId === null) return null
  const team = await tx
    .selectFrom('team')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .executeTakeFirst()
  return team?.name ?? null
}
