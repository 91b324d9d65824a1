import { sql, type RawBuilder } from 'kysely'
import type { Line, Profile } from '../channels/adapter.ts'
import { openLine } from '../channels/open-line.ts'
import { ProviderRefusal } from '../channels/provider-refusal.ts'
import { reportLine } from '../channels/report-line.ts'
import { fillFromChannel } from '../contacts/fill-from-channel.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { OutgoingFailure } from '../http/outgoing-failure.ts'
import { freshFor } from './ask-profile.ts'
import { contactNotice, lockState } from './lock-state.ts'
import { ringIfDue } from './ring-if-due.ts'

/** What did not work is tried again with the next message after this. */
const soon = sql`interval '10 minutes'`
const patienceMs = 30_000

interface Asked {
  id: number
  channel_id: number
  contact_id: number
  address: string
  page_url: string | null
}

/** Asks who somebody is that has written, and takes it over as any channel's word is. Asked once in a while, however often it rings. */
export async function fetchProfile(
  deps: Deps,
  { workspaceId, contactChannelId }: { workspaceId: number; contactChannelId: number },
  signal: AbortSignal,
): Promise<void> {
  const { rows } = await sql<Asked>`
    select id, channel_id, contact_id, address, page_url from contact_channel
    where workspace_id = ${workspaceId} and id = ${contactChannelId} and removed_at is null
      and (profile_asked_at is null or profile_asked_at < now() - ${freshFor})`.execute(deps.db)
  const asked = rows[0]
  if (asked === undefined) return
  const opened = await openLine(deps, workspaceId, asked.channel_id)
  if (opened?.adapter.fetchProfile === undefined) return
  const { line, adapter } = opened
  try {
    const person = { address: asked.address, hasUrl: asked.page_url !== null }
    const profile = await adapter.fetchProfile!(
      line,
      person,
      AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    )
    await takeOver(deps, line, asked, profile)
  } catch (error) {
    if (!(error instanceof ProviderRefusal || error instanceof OutgoingFailure)) throw error
    deps.log.info({ err: error, channelId: line.channelId }, 'a provider did not tell who somebody is')
    // a token that has ended ends everything else too
    if (error instanceof ProviderRefusal && error.code === 'token-expired') await reportLine(deps, line, error)
    const isPassing = error instanceof OutgoingFailure || error.passing
    await noteAsked(deps.db, workspaceId, asked.id, isPassing ? sql`now() - ${freshFor} + ${soon}` : sql`now()`)
  }
}

const noteAsked = (db: Tx | Deps['db'], workspaceId: number, id: number, at: RawBuilder<unknown>) =>
  sql`update contact_channel set profile_asked_at = ${at} where workspace_id = ${workspaceId} and id = ${id}`.execute(
    db,
  )

async function takeOver(deps: Deps, line: Line, asked: Asked, profile: Profile): Promise<void> {
  const { workspaceId, channelId } = line
  await deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, asked.contact_id)
    await noteAsked(tx, workspaceId, asked.id, sql`now()`)
    if (state === undefined || state.blocked) return
    await sql`
      update contact_channel set profile_name = coalesce(${profile.profileName}, profile_name),
        picture_url = coalesce(${profile.pictureUrl}, picture_url), page_url = coalesce(${profile.conversationUrl}, page_url)
      where workspace_id = ${workspaceId} and id = ${asked.id}`.execute(tx)
    const heard = { ...profile, workspaceId, channelId, contactId: state.contactId, bornOn: asked.contact_id }
    await fillFromChannel(tx, deps, heard)
    await notify(tx, [{ ...contactNotice(state, 'edited'), workspaceId }])
  })
  await ringIfDue(deps, workspaceId)
}
