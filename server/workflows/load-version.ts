import type { Definition } from '#contract/workflows.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { makeProgram, type Program } from './program.ts'

/** What was published under a number. */
export interface Version {
  readonly definition: Definition
  readonly program: Program
  /** Sealed. */
  readonly secrets: Buffer | null
}

export type Versions = (db: Reader | Tx, workspaceId: number, workflowId: number, version: number) => Promise<Version>

const most = 300

/** It never changes, so that whoever has read it once knows it. */
export function openVersions(): Versions {
  const known = new Map<string, Version>()
  return async (db, workspaceId, workflowId, version) => {
    const key = `${workspaceId}:${workflowId}:${version}`
    const found = known.get(key) ?? (await loadVersion(db, workspaceId, workflowId, version))
    known.delete(key)
    known.set(key, found)
    if (known.size > most) known.delete(known.keys().next().value!)
    return found
  }
}

async function loadVersion(
  db: Reader | Tx,
  workspaceId: number,
  workflowId: number,
  version: number,
): Promise<Version> {
  const row = await db
    .selectFrom('workflow_version')
    .select(['definition', 'secrets'])
    .where('workspace_id', '=', workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  const definition = row.definition as unknown as Definition
  return { definition, program: makeProgram(definition.steps), secrets: row.secrets }
}
