import type { Stage } from './open-stage.ts'

/** Contacts of the stage have exchanged six messages; these come to have exchanged `length`, the further ones before those. */
export async function tellLongStories(
  { pool, workspaceId, lines }: Stage,
  contactIds: readonly number[],
  length: number,
): Promise<void> {
  const known = 6
  // before everything that anybody has exchanged, each contact in a range of its own; the lowest bits are a process's
  await pool.query(
    `insert into message (workspace_id, id, contact_id, conversation_id, channel_id, contact_channel_id, incoming, sender_type,
       status, ext_id, body)
     select $1::bigint, (first.id - (nth * 1000 + who.place) * 8::bigint - 4000000000), who.contact_id, who.contact_id, $2::bigint,
       who.contact_id, true, 'contact', 0, 'long' || who.contact_id || '-' || nth,
       jsonb_build_object('type', 'text', 'text', 'Y otra cosa más, la número ' || nth)
     from unnest($3::bigint[]) with ordinality who (contact_id, place)
     cross join (select min(id) / 8 * 8 as id from message where workspace_id = $1) first
     cross join generate_series(1, $4::int) nth`,
    [workspaceId, lines.whatsapp.channelId, contactIds, length - known],
  )
  await pool.query('vacuum (analyze) message')
}
