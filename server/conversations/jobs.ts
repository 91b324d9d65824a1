import type { Deps } from '../deps.ts'
import { cleanUp } from './clean-up.ts'
import { deliverMessages } from './deliver-messages.ts'
import { fetchAttachments } from './fetch-attachments.ts'
import { fetchProfile } from './fetch-profile.ts'
import { ingestChannel } from './ingest-channel.ts'
import { loseClaims } from './lose-claims.ts'
import { releaseHeld } from './release-held.ts'
import { ringAgain } from './ring-again.ts'
import { wakeSnoozed } from './wake-snoozed.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startConversationJobs(deps: Deps): Promise<void> {
  const { jobs } = deps
  // before anything is taken anew
  await loseClaims(deps, { mine: true })
  await jobs.work('ingest-channel', (channel, signal) => ingestChannel(deps, channel, signal))
  await jobs.work('deliver-messages', (channel, signal) => deliverMessages(deps, channel, signal))
  await jobs.work('fetch-attachments', (message, signal) => fetchAttachments(deps, message, signal))
  await jobs.work('fetch-profile', (link, signal) => fetchProfile(deps, link, signal))
  await jobs.work('release-held', (workspace, signal) => releaseHeld(deps, workspace, signal))
  await jobs.work('wake-snoozed', (_all, signal) => wakeSnoozed(deps, deps.clock.now(), signal))
  await jobs.work('ring-again', (_all, signal) => ringAgain(deps, signal))
  await jobs.work('clean-up', (_all, signal) => cleanUp(deps, deps.clock.now(), signal))
}
