import type { ChannelSettings } from '#contract/channels.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { checkSettings } from './check-settings.ts'
import { newPublicId } from './new-token.ts'
import { sealSecrets } from './seal-secrets.ts'
import { takeSecrets } from './split-secrets.ts'

/**
 * Connects a line to the workspace. The provider is not asked here: whether it works is what `check` is for.
 * @param askedAddress the line's own address as its provider gave it
 * @returns the number alone: an answer is kept for callers who repeat themselves, and secrets are not kept in the open
 * @throws CONFLICT `line-already-connected`
 */
export async function connectChannel(
  { tx, deps, actor, live }: WriteContext,
  input: { name: string; settings: ChannelSettings },
  askedAddress: string | null,
): Promise<{ channelId: number }> {
  const { settings, adapter } = checkSettings(deps, input.settings)
  const { lineKey, address } = adapter.describe(settings)
  const channelId = await deps.numbers.next(actor.workspaceId, 'channel')
  const publicId = newPublicId()
  const taken = takeSecrets(settings, adapter.secretPaths)
  const row = await tx
    .insertInto('channel')
    .values({
      workspace_id: actor.workspaceId,
      id: channelId,
      kind: settings.kind,
      name: input.name,
      settings: JSON.stringify(taken.settings),
      secrets: sealSecrets(
        deps.config.secret,
        { workspaceId: actor.workspaceId, channelId },
        { settings: taken.secrets, own: adapter.newSecrets?.({ publicId }) ?? {} },
      ),
      address: askedAddress ?? address,
      public_id: publicId,
      line_key: lineKey,
      created_by: actor.memberId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['name', 'kind', 'address'])
    .executeTakeFirst()
  if (row === undefined) return fail('CONFLICT', { reason: 'line-already-connected' })
  await recordAudit(tx, deps.clock, actor, 'channelConnected', {
    channelId,
    name: row.name,
    to: { kind: row.kind, address: row.address },
  })
  live({ event: { type: 'channel', channelId }, seenBy: null })
  return { channelId }
}
