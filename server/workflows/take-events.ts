import { sql } from 'kysely'
import type { Definition } from '#contract/workflows.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { beginRuns, type Candidate } from './begin-runs.ts'
import { matchesTrigger, type Happened } from './match-triggers.ts'
import { noteRefused, whoEnteredOften } from './entered-often.ts'
import { makeProgram } from './program.ts'

/** Events of one transaction. */
const batch = 500
/** Workflows may set one another off so many times in a row. */
const mostDepth = 5

interface Event extends Happened {
  readonly id: number
  readonly contactId: number
  readonly actorId: number | null
  readonly depth: number
}

interface Heard {
  workflow_id: number
  name: string
  version: number
  definition: Definition
  kinds: string[]
}

export interface Taken {
  readonly events: number
  readonly entered: readonly { readonly workflowId: number; readonly contactId: number }[]
}

/**
 * Judges what has happened in a workspace, in one transaction with what follows from it: an event is taken once, however often
 * somebody is killed over it. However many there are, each workflow is one statement.
 */
export async function takeEvents(deps: Deps, workspaceId: number): Promise<Taken> {
  const refused = new Map<number, number>()
  const taken = await deps.db.transaction().execute(async (tx): Promise<Taken> => {
    const heard = await holdHeard(tx, workspaceId)
    const events = await takeBatch(tx, workspaceId)
    if (events.length === 0) return { events: 0, entered: [] }
    const context = await loadFilterContext(tx, workspaceId, deps.clock.now())
    const entered: { workflowId: number; contactId: number }[] = []
    for (const workflow of heard) {
      const { workflow_id: workflowId, definition } = workflow
      const tooMany = await whoEnteredOften(
        tx,
        deps,
        workspaceId,
        workflowId,
        events.map(({ contactId }) => contactId),
      )
      const { first } = makeProgram(definition.steps)
      const seen = new Set<number>()
      for (const trigger of definition.triggers) {
        const meant = events.filter(
          (event) =>
            !seen.has(event.contactId) &&
            !(event.by === 'workflow' && event.actorId === workflowId) &&
            matchesTrigger(trigger, event, context.tagAliases),
        )
        const fit = meant.filter(({ contactId, depth }) => depth <= mostDepth && !tooMany.has(contactId))
        if (fit.length < meant.length) refused.set(workflowId, meant.length - fit.length)
        const candidates = [...new Map(fit.toReversed().map((event) => [event.contactId, candidate(event)])).values()]
        if (candidates.length === 0) continue
        const { name, version } = workflow
        const entrance = {
          workspaceId,
          workflowId,
          name,
          version,
          first,
          trigger: trigger.kind,
          filter: trigger.filter,
        }
        for (const { contactId } of await beginRuns(tx, deps, entrance, context, candidates)) {
          seen.add(contactId)
          entered.push({ workflowId, contactId })
        }
      }
    }
    return { events: events.length, entered }
  })
  for (const [workflowId, count] of refused) await noteRefused(deps, workspaceId, workflowId, count)
  return taken
}

const candidate = ({ contactId, by, actorId, depth }: Event): Candidate => ({
  contactId,
  by: { type: by as ActivityActor['type'], id: actorId },
  depth,
})

/** The workflows in force that hear of anything; none of them is stopped or published anew until the transaction ends. */
async function holdHeard(tx: Tx, workspaceId: number): Promise<Heard[]> {
  const { rows } = await sql<Heard>`
    select w.id as workflow_id, w.name, w.version, v.definition from workflow w
    join workflow_version v on v.workspace_id = w.workspace_id and v.workflow_id = w.id and v.version = w.version
    where w.workspace_id = ${workspaceId} and w.stopped_at is null and w.removed_at is null
      and exists (select from workflow_trigger t where t.workspace_id = w.workspace_id and t.workflow_id = w.id)
    order by w.id for share of w`.execute(tx)
  return rows
}

/** The oldest events, their contacts locked and named as they are now. Who is gone has taken theirs along. */
async function takeBatch(tx: Tx, workspaceId: number): Promise<Event[]> {
  await sql`
    select from contact_state where workspace_id = ${workspaceId} and contact_id in (
      select coalesce(c.root_id, c.id) from (
        select contact_id from workflow_event where workspace_id = ${workspaceId} order by id limit ${batch}) e
      join contact c on c.workspace_id = ${workspaceId} and c.id = e.contact_id)
    order by contact_id for update`.execute(tx)
  const { rows } = await sql<Event>`
    with taken as (
      delete from workflow_event where workspace_id = ${workspaceId} and id in (
        select id from workflow_event where workspace_id = ${workspaceId} order by id limit ${batch})
      returning id, contact_id, depth
    )
    select taken.id, coalesce(c.root_id, c.id) as "contactId", a.kind, a.actor_type as by, a.actor_id as "actorId",
      a.data, taken.depth, talk.channel_id as "channelId"
    from taken
    join activity a on a.workspace_id = ${workspaceId} and a.id = taken.id
    join contact c on c.workspace_id = ${workspaceId} and c.id = taken.contact_id
    left join conversation talk on a.kind = 'opened' and talk.workspace_id = ${workspaceId}
      and talk.id = (a.data->>'conversationId')::bigint
    order by taken.id`.execute(tx)
  return rows
}
