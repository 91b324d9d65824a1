import type { ChannelDetails } from '#contract/channels.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { describeDetails } from './describe-channel.ts'
import { findChannel } from './find-channel.ts'

export async function getChannel(
  { db, deps, actor }: ReadContext,
  { channelId }: { channelId: number },
): Promise<ChannelDetails> {
  return describeDetails(deps, await findChannel(db, actor.workspaceId, channelId))
}
