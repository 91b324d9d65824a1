import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

export interface TakenEvent {
  readonly id: number
  readonly received_at: Date
  readonly headers: Record<string, string>
  readonly body: Buffer
  readonly attempts: number
}

const batchSize = 100
/** A mail has up to 25 MB with its files: what is taken at once must fit into memory. */
const batchBytes = 16 * 1024 * 1024

/**
 * The next stored events of a channel, oldest first: a hundred, or as many as are not too large together, and one however large.
 * Counts the attempt before it is made, so that an event that brings the process down is known by it; such a one is then
 * taken alone, and the events before and after it get through.
 */
export async function takeEvents(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, channelId }: { readonly workspaceId: number; readonly channelId: number },
): Promise<TakenEvent[]> {
  const { rows } = await sql<TakenEvent>`
    with due as (
      select id, attempts, sum(size) over (order by id) as bytes, row_number() over (order by id) as place
      from (select id, attempts, octet_length(body) as size from inbound_event
        where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 0 and next_attempt_at <= now()
        order by id limit ${batchSize}) next
    ), batch as (
      select id from due
      where place = 1 or (bytes <= ${batchBytes} and not exists (select from due where attempts >= 2))
    )
    update inbound_event e set attempts = e.attempts + 1
    from batch where e.workspace_id = ${workspaceId} and e.id = batch.id and e.state = 0
    returning e.id, e.received_at, e.headers, e.body, e.attempts`.execute(db)
  return rows.toSorted((a, b) => a.id - b.id)
}
