import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { openDoorbell } from './doorbell.ts'
import { listenToLine, type RunningLine } from './listen-to-line.ts'
import { storeFor } from './store-event.ts'

/** How soon a new, changed, paused or orphaned line is noticed. */
const lookEveryMs = 1000

interface WantedLine {
  workspaceId: number
  channelId: number
  /** Changes when what the line is connected with does, and with nothing else. */
  version: string
}

/**
 * Keeps every connected line that receives by itself (a mailbox) listening, exactly once across all processes: whoever
 * holds the line's advisory lock listens. The locks live on one connection; when it is lost, the lines are let go with it
 * and taken up again by whoever comes first.
 */
export async function startLineListeners(deps: Deps): Promise<{ stop(): Promise<void> }> {
  const kinds = deps.adapters.kinds.filter((kind) => deps.adapters.get(kind)?.listen !== undefined)
  const stopping = new AbortController()
  const bell = openDoorbell(deps)
  const running =
    kinds.length === 0 ? Promise.resolve() : keepListening(deps, kinds, storeFor(deps, bell), stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
      await bell.close()
    },
  }
}

async function keepListening(
  deps: Deps,
  kinds: readonly string[],
  store: ReturnType<typeof storeFor>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const lines = new Map<string, RunningLine & { version: string }>()
    try {
      await deps.db.connection().execute(async (session) => {
        try {
          while (!signal.aborted) {
            await settle(deps, session, await findWanted(session, kinds), lines, store)
            await wait(lookEveryMs, undefined, { signal }).catch(() => undefined)
          }
        } finally {
          await Promise.all([...lines.values()].map((line) => line.stop()))
          await sql`select pg_advisory_unlock_all()`.execute(session)
        }
      })
    } catch (error) {
      deps.log.warn({ err: error }, 'the listeners lost their connection')
      await wait(lookEveryMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

// of every workspace: this is the installation's own work, in nobody's name
async function findWanted(session: Kysely<DB>, kinds: readonly string[]): Promise<WantedLine[]> {
  const { rows } = await sql<WantedLine>`
    select workspace_id as "workspaceId", id as "channelId",
      md5(settings::text || encode(coalesce(secrets, ''), 'hex')) as version
    from channel
    where deleted_at is null and paused_at is null and kind = any(${kinds}::text[])`.execute(session)
  return rows
}

async function settle(
  deps: Deps,
  session: Kysely<DB>,
  wanted: readonly WantedLine[],
  lines: Map<string, RunningLine & { version: string }>,
  store: ReturnType<typeof storeFor>,
): Promise<void> {
  const byKey = new Map(wanted.map((line) => [`${line.workspaceId}:${line.channelId}`, line]))
  for (const [key, line] of lines) {
    if (byKey.get(key)?.version === line.version) continue
    lines.delete(key)
    await line.stop()
    await sql`select pg_advisory_unlock(hashtextextended(${lockName(key)}, 0))`.execute(session)
  }
  for (const [key, line] of byKey) {
    if (lines.has(key)) continue
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${lockName(key)}, 0)) as mine`.execute(session)
    if (rows[0]?.mine === true) lines.set(key, { ...listenToLine(deps, line, store), version: line.version })
  }
}

const lockName = (key: string) => `ficha listens to ${key}`
