import type { AuditKind } from '#contract/audit-words.ts'
import type { Clock } from '../db/clock.ts'
import type { Actor, Tx } from '../http/endpoint.ts'

/** What an entry keeps: numbers of rows beside what people read. */
interface AuditData {
  /** What it was done to, as it was called. */
  readonly name?: string | null
  /** What changed, each part under the same name on both sides; parts that are equal are not shown. */
  readonly from?: Readonly<Record<string, unknown>>
  readonly to?: Readonly<Record<string, unknown>>
  /** How many contacts it concerned. */
  readonly contacts?: number
  readonly [id: `${string}Id`]: number | null
}

/** Writes what a member did to the workspace itself (access, channels, settings), for its Owners. */
export async function recordAudit(
  tx: Tx,
  clock: Pick<Clock, 'next'>,
  actor: Pick<Actor, 'workspaceId' | 'memberId' | 'via' | 'ip'>,
  kind: AuditKind,
  data: AuditData,
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
