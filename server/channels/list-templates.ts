import { sql } from 'kysely'
import { z } from 'zod'
import { MessageTemplate } from '#contract/channels.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { OutgoingFailure } from '../http/outgoing-failure.ts'
import { findChannel } from './find-channel.ts'
import { openRow } from './open-line.ts'
import { ProviderRefusal } from './provider-refusal.ts'

const freshMs = 60_000
const askMs = 20_000

const Seen = z.object({ templates: z.array(MessageTemplate), templatesAt: z.number() })

/**
 * The templates of a channel as its provider has them now, or as last seen when it does not answer. What was seen is kept
 * with the channel, for sending to read; that is a copy of the provider's list, not a change of ours.
 */
export async function listTemplates(
  { db, deps, actor }: ReadContext,
  { channelId }: { channelId: number },
): Promise<{ items: MessageTemplate[] }> {
  const row = await findChannel(db, actor.workspaceId, channelId)
  const opened = openRow(deps, row)
  if (opened?.adapter.templates === undefined) return { items: [] }
  const seen = Seen.safeParse(row.progress).data
  if (seen !== undefined && deps.clock.now().getTime() - seen.templatesAt < freshMs) return { items: seen.templates }
  try {
    const items = await opened.adapter.templates(opened.line, AbortSignal.timeout(askMs))
    const progress = JSON.stringify({ templates: items, templatesAt: deps.clock.now().getTime() })
    await deps.db
      .updateTable('channel')
      .set({ progress: sql`progress || ${progress}::jsonb` })
      .where('workspace_id', '=', actor.workspaceId)
      .where('id', '=', channelId)
      .where('deleted_at', 'is', null)
      .execute()
    return { items }
  } catch (error) {
    if (!(error instanceof ProviderRefusal || error instanceof OutgoingFailure)) throw error
    return seen === undefined ? fail('UNAVAILABLE') : { items: seen.templates }
  }
}
