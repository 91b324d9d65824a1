import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { describeContact, type KnownContact } from '../identity/describe-contact.ts'

interface Row {
  root: number
  id: number
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  phone: string | null
  email: string | null
}

/** A live contact as it is compared, with the numbers of all its members. */
export interface Known {
  readonly contact: KnownContact<number>
  readonly memberIds: readonly number[]
}

/**
 * What live contacts are recognised by: a merged one by the phones and e-mails of all its members, by its own name, and by
 * its accounts on each line. Blocked and absorbed contacts are nobody here.
 */
export async function loadKnown(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<Map<number, Known>> {
  if (ids.length === 0) return new Map()
  const roots = [...new Set(ids)]
  const { rows } = await sql<Row>`${prepared}
    select root.id as root, c.id, c.first_name, c.last_name, c.profile_name,
      case when c.own is null then c.phone else c.own->'phone'->>'value' end as phone,
      case when c.own is null then c.email else c.own->'email'->>'value' end as email
    from contact root
    join contact c on c.workspace_id = root.workspace_id and (c.id = root.id or c.root_id = root.id)
    where root.workspace_id = ${workspaceId} and root.id = any(${roots}::bigint[])
      and root.root_id is null and root.blocked_at is null
    order by root.id, c.id`.execute(tx)
  // a person has as many mailboxes as they like; an account of a messenger is one person's
  const { rows: accounts } = await sql<{ owner_id: number; scope: string; address: string }>`${prepared}
    select k.owner_id, line.id::text as scope, k.address_key as address
    from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
    where k.workspace_id = ${workspaceId} and k.owner_id = any(${roots}::bigint[]) and k.removed_at is null
      and line.kind <> 'email'
    order by k.id`.execute(tx)
  const members = Map.groupBy(rows, ({ root }) => root)
  const channels = Map.groupBy(accounts, ({ owner_id }) => owner_id)
  return new Map(
    [...members].map(([id, parts]) => [
      id,
      { contact: known(id, parts, channels.get(id) ?? []), memberIds: parts.map((part) => part.id) },
    ]),
  )
}

function known(id: number, parts: readonly Row[], channels: readonly { scope: string; address: string }[]) {
  const root = parts.find((part) => part.id === id)!
  const name = [root.first_name, root.last_name].filter(Boolean).join(' ') || root.profile_name
  const { clues, ...contact } = describeContact({
    id,
    name,
    country: null,
    phones: parts.flatMap(({ phone }) => (phone === null ? [] : [{ field: 'phone', value: phone }])),
    emails: parts.flatMap(({ email }) => (email === null ? [] : [{ field: 'email', value: email }])),
    members: parts.length,
  })
  // no key is kept of what is one slip away: see identity/index-keys.ts
  return { ...contact, channels, clues: clues.filter(({ strength }) => strength !== 'near') }
}
