import { sql, type Selectable } from 'kysely'
import { everyStep } from '#contract/workflow-steps.ts'
import type { Definition, Workflow, WorkflowRow } from '#contract/workflows.ts'
import type { Workflow as Row } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { ownAddress } from '../members/own-address.ts'
import { checkDefinition } from './check-definition.ts'
import { loadKnown } from './load-known.ts'
import { openWorkflow } from './secrets.ts'

interface Found extends Selectable<Row> {
  published: Definition | null
  published_at: Date | null
  published_by: string | null
  running: number
  ended: number
  last_run_at: Date | null
  /** How many of those that are kept as numbers ended how. */
  cleared: Workflow['cleared']['ends']
}

/** More contacts than this are "1 000+". */
const countedTo = 1000

async function findAll(db: Reader | Tx, workspaceId: number, id: number | null): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select w.*, v.definition as published, v.published_at, by.name as published_by, (
      select count(*)::int from (select from workflow_run r where r.workspace_id = w.workspace_id
        and r.workflow_id = w.id and r.ended_at is null limit ${countedTo}) counted) as running, (
      select count(*)::int from (select from workflow_run r where r.workspace_id = w.workspace_id
        and r.workflow_id = w.id and r.ended_at is not null limit ${countedTo}) counted) as ended, greatest((
      select started_at from workflow_run r where r.workspace_id = w.workspace_id and r.workflow_id = w.id
        order by id desc limit 1), past.last_started_at) as last_run_at, coalesce(past.ends, '{}') as cleared
    from workflow w
    cross join lateral (
      select jsonb_object_agg(end_reason, runs) as ends, max(last_started_at) as last_started_at from workflow_total t
      where t.workspace_id = w.workspace_id and t.workflow_id = w.id) past
    left join workflow_version v on v.workspace_id = w.workspace_id and v.workflow_id = w.id and v.version = w.version
    left join member by on by.workspace_id = v.workspace_id and by.id = v.published_by
    where w.workspace_id = ${workspaceId} and w.removed_at is null
      and ${id === null ? sql`true` : sql`w.id = ${id}`}
    order by w.name_key, w.id`.execute(db)
  return rows
}

/** All of a workspace, by name. */
export const loadRows = async (db: Reader | Tx, workspaceId: number): Promise<WorkflowRow[]> =>
  (await findAll(db, workspaceId, null)).map(showRow)

/** One with its draft and what stands against publishing that; fails NOT_FOUND. */
export async function loadWorkflow(
  db: Reader | Tx,
  { config }: Pick<Deps, 'config'>,
  workspaceId: number,
  workflowId: number,
): Promise<Workflow> {
  const [row] = await findAll(db, workspaceId, workflowId)
  if (row === undefined) return fail('NOT_FOUND')
  const draft = row.draft as unknown as Definition
  const secrets = openWorkflow(config.secret, { workspaceId, workflowId }, row.secrets)
  return {
    ...showRow(row),
    revision: row.revision,
    draft,
    problems: checkDefinition(draft, await loadKnown(db, workspaceId, new Date()), secrets),
    version: row.version,
    publishedBy: row.published_by,
    hookUrl: secrets.hook === null ? null : hookUrl(config, secrets.hook),
    cleared: { runs: sumOf(row.cleared), ends: row.cleared },
    refused: { count: row.refused, at: row.refused_at?.toISOString() ?? null },
  }
}

const sumOf = (counts: Workflow['cleared']['ends']) => Object.values(counts).reduce((sum, count) => sum + count, 0)

export const hookUrl = (config: Deps['config'], hook: string): string => `${ownAddress(config)}/hooks/${hook}`

function showRow(row: Found): WorkflowRow {
  const draft = row.draft as unknown as Definition
  const shown = row.published ?? draft
  return {
    id: row.id,
    name: row.name,
    state: row.version === null ? 'draft' : row.stopped_at === null ? 'published' : 'stopped',
    triggers: [...new Set(shown.triggers.map(({ kind }) => kind))],
    steps: everyStep(shown.steps).length,
    hasChanges: row.published !== null && JSON.stringify(row.published) !== JSON.stringify(draft),
    running: row.running,
    ended: Math.min(countedTo, row.ended + sumOf(row.cleared)),
    lastRunAt: row.last_run_at?.toISOString() ?? null,
    publishedAt: row.published_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
