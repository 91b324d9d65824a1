import { sql } from 'kysely'
import { selectedContacts } from '../contacts/selection.ts'
import type { ReadContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'
import { refuseAbsorbed } from './start-deletion.ts'

/** Counted further nobody would decide otherwise. */
const countedTo = 10_000

interface Preview {
  contacts: number
  absorbed: number
  conversations: number
  openConversations: number
}

/** What a deletion would take away. */
export async function previewDeletion(
  { deps, db, actor }: ReadContext,
  { selection }: ParsedInput<'preview'>,
): Promise<Preview> {
  const { workspaceId } = actor
  await refuseAbsorbed(db, workspaceId, selection)
  const condition = await selectedContacts(db, actor, selection, deps.clock.now())
  const { rows } = await sql<Preview>`
    with chosen as materialized (
      select c.id, s.conversation_id from contact_state s
      join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id where ${condition}
    )
    select (select count(*) from chosen)::integer as contacts,
      (select count(*) from (select from chosen join contact part on part.workspace_id = ${workspaceId}
        and part.root_id = chosen.id limit ${countedTo}) parts)::integer as absorbed,
      (select count(*) from (select from chosen join conversation e on e.workspace_id = ${workspaceId}
        and e.owner_id = chosen.id limit ${countedTo}) episodes)::integer as conversations,
      (select count(*) from (select from chosen where conversation_id is not null limit ${countedTo}) open)::integer
        as "openConversations"`.execute(db)
  return rows[0]!
}
