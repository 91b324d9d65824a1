import type { Pool } from 'pg'

interface Many {
  readonly workspaceId: number
  readonly channelId: number
  /** Their numbers, and those of their links and conversations, follow this one. */
  readonly after: number
  readonly count: number
  /** Each has exchanged so many. */
  readonly messages: number
  /** Worn by each of them. */
  readonly tagId: number
}

/**
 * Makes contacts who have written before, straight in the database: a record, a link, a closed conversation, messages that lie
 * together, two lines of activity, a tag, and a file for one in a hundred.
 */
export async function givenMany(pool: Pool, { workspaceId, channelId, after, count, messages, tagId }: Many) {
  const me = [workspaceId, channelId, after, count, tagId]
  await pool.query(
    `with given as (select $1::bigint ws, $2::bigint channel, $5::bigint tag, $3::bigint + n as id, n
       from generate_series(1, $4::bigint) n
     ), record as (
       insert into contact (workspace_id, id, sort_name, first_name, phone, country, tags, born_source, born_by)
       select ws, id, 'persona ' || id, 'Persona ' || id, '+346' || (10000000 + id), 'ES', array[tag::integer], 'channel', channel from given
     ), search as (
       insert into contact_search (workspace_id, contact_id, txt) select ws, id, ' persona ' || id || ' 346' || (10000000 + id) from given
     ), key as (
       insert into identity_key (workspace_id, key, contact_id, strength)
       select ws, 'p:+346' || (10000000 + id), id, 'exact' from given
     ), worn as (
       insert into contact_tag (workspace_id, tag_id, contact_id) select ws, tag, id from given
     ), state as (
       insert into contact_state (workspace_id, contact_id, status, last_message_at, last_message_id, last_in_id)
       select ws, id, 3, now(), (id * 1000) * 8 + 3, (id * 1000) * 8 + 3 from given
     ), line as (
       insert into activity (workspace_id, id, contact_id, kind, actor_type, actor_id, data)
       select ws, (id * 2 + k) * 8 + 3, id, (array['contactCreated', 'opened'])[k + 1], 'contact', id, '{}' from given, generate_series(0, 1) k
     ), file as (
       insert into attachment (workspace_id, id, contact_id, message_id, kind, name, type, size, state)
       select ws, gen_random_uuid(), id, (id * 1000) * 8 + 3, 'file', 'factura.pdf', 'application/pdf', 1000, 'stored' from given where n % 100 = 0
     )
     select 1`,
    me,
  )
  await pool.query(
    `insert into contact_channel (workspace_id, id, channel_id, contact_id, owner_id, address, address_key, connected_at)
     select $1::bigint, $3::bigint + n, $2::bigint, $3::bigint + n, $3::bigint + n, '346' || (10000000 + $3::bigint + n),
       'many' || ($3::bigint + n), now() from generate_series(1, $4::bigint) n`,
    me.slice(0, 4),
  )
  await pool.query(
    `insert into conversation (workspace_id, id, contact_id, owner_id, channel_id, opened_at, opened_source, closed_at, incoming)
     select $1::bigint, $3::bigint + n, $3::bigint + n, $3::bigint + n, $2::bigint, now(), 'contact', now(), 1
     from generate_series(1, $4::bigint) n`,
    me.slice(0, 4),
  )
  await pool.query(
    `insert into message (workspace_id, id, contact_id, conversation_id, channel_id, contact_channel_id, incoming, sender_type, status, ext_id, body)
     select $1::bigint, (id * 1000 + k) * 8 + 3, id, id, $2::bigint, id, true, 'contact', 0, 'many' || id || '-' || k,
       jsonb_build_object('type', 'text', 'text', 'Hola, soy la persona ' || id || ' y pregunto por el pedido ' || k)
     from (select $3::bigint + n as id, k from generate_series(1, $4::bigint) n, generate_series(0, $5::bigint - 1) k order by 1, 2) line`,
    [workspaceId, channelId, after, count, messages],
  )
}
