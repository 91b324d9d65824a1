import type { Actor, Tx } from '../http/endpoint.ts'

/** Writes what a member did to the workspace itself (access, channels, settings), for its Owners. */
export async function recordAudit(
  tx: Tx,
  clock: { next(after?: number): number },
  actor: Pick<Actor, 'workspaceId' | 'memberId' | 'via' | 'ip'>,
  kind: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx
    .insertInto('audit')
    .values({
      workspace_id: actor.workspaceId,
      id: clock.next(),
      kind,
      actor_type: actor.via,
      actor_id: actor.memberId,
      data: JSON.stringify(data),
      ip: actor.ip,
    })
    .execute()
}
