import { sql, type RawBuilder } from 'kysely'

/**
 * What a billing cycle comes to as of now, as one row to select from: `contacts`, `fresh`, `incoming`, and `channels` as
 * `[{channelId, contacts}]`. Contacts that have become one count once, by the first message of any of them. The few who are
 * part of a merge are looked at one by one; of all others each row is a contact.
 */
export const countCycle = (workspaceId: number, cycle: RawBuilder<string>): RawBuilder<unknown> => sql`(
  with absorbed as materialized (
    select id, root_id from contact where workspace_id = ${workspaceId} and root_id is not null
  ), part as materialized (
    select id, root_id from absorbed union select root_id, root_id from absorbed
  ), active as materialized (
    select contact_id, message_id, channel_id, incoming, fresh from active_contact
    where workspace_id = ${workspaceId} and cycle = ${cycle}
  ), person as (
    select channel_id, incoming, fresh from active where not exists (select from part where part.id = active.contact_id)
    union all
    select (array_agg(channel_id order by message_id))[1], (array_agg(incoming order by message_id))[1], bool_and(fresh)
    from active join part on part.id = active.contact_id group by part.root_id
  ), of_channel as (
    select channel_id, count(*)::int as contacts, count(*) filter (where fresh)::int as fresh,
      count(*) filter (where incoming)::int as incoming
    from person group by channel_id
  )
  select coalesce(sum(contacts), 0)::int as contacts, coalesce(sum(fresh), 0)::int as fresh,
    coalesce(sum(incoming), 0)::int as incoming,
    coalesce(jsonb_agg(jsonb_build_object('channelId', channel_id, 'contacts', contacts)
      order by contacts desc, channel_id), '[]') as channels
  from of_channel)`
