import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/**
 * What must hold of a workspace's rows at every moment, whatever was merged, undone and written at once: the merges form a
 * forest, and every row that says who stands for whom says the same.
 * @returns a sentence for each row that breaks a law
 */
export async function brokenLaws({ db }: Pick<Deps, 'db'>, workspaceId: number): Promise<string[]> {
  const ws = sql`${workspaceId}::bigint`
  const { rows } = await sql<{ law: string }>`
    with recursive up as (
      select id, id as top, 0 as steps from contact where workspace_id = ${ws}
      union all
      select up.id, edge.parent_id, steps + 1 from up
      join merge_edge edge on edge.workspace_id = ${ws} and edge.child_id = up.top and not edge.undone
      where steps < 100
    ), root as (
      select distinct on (id) id, top from up order by id, steps desc
    ), live as (
      select c.*, state.status, state.live, state.conversation_id, state.last_message_id, state.last_in_id
      from contact c join contact_state state on state.workspace_id = c.workspace_id and state.contact_id = c.id
      where c.workspace_id = ${ws}
    ), heard as (
      select root.top as id, max(m.id) filter (where not m.note) as last_message_id,
        max(m.id) filter (where m.incoming) as last_in_id
      from message m join root on root.id = m.contact_id where m.workspace_id = ${ws} group by root.top
    )
    select format('the merges of contact %s run in a circle', id) as law from up where steps = 100
    union all select format('contact %s stands under %s and its row says %s', c.id, root.top, c.root_id)
      from live c join root using (id) where coalesce(c.root_id, c.id) <> root.top
    union all select format('contact %s is blocked %s and %s, of which it is part, %s', c.id, c.blocked_at, top.id, top.blocked_at)
      from live c join root using (id) join contact top on top.workspace_id = ${ws} and top.id = root.top
      where c.blocked_at is distinct from top.blocked_at
    union all select format('contact %s is blocked %s and the reason says %s', c.id, c.blocked_at, b.blocked_at)
      from live c left join contact_block b on b.workspace_id = ${ws} and b.contact_id = c.id
      where c.blocked_at is distinct from b.blocked_at
    union all select format('message %s is held for contact %s, which is not blocked', h.id, h.contact_id)
      from held_message h join live c on c.id = h.contact_id
      where h.workspace_id = ${ws} and h.released_at is null and h.dropped_at is null and c.blocked_at is null
    union all select format('contact %s is blocked and its conversation %s is open', c.id, c.conversation_id)
      from live c where c.blocked_at is not null and (c.conversation_id is not null or c.status in (1, 2))
    union all select format('a channel born on %s is owned by %s, not by %s', k.contact_id, k.owner_id, root.top)
      from contact_channel k join root on root.id = k.contact_id
      where k.workspace_id = ${ws} and k.owner_id <> root.top
    union all select format('a conversation born on %s is owned by %s, not by %s', e.contact_id, e.owner_id, root.top)
      from conversation e join root on root.id = e.contact_id
      where e.workspace_id = ${ws} and e.owner_id <> root.top
    union all select format('contact %s is live in one table and absorbed in another', c.id)
      from live c left join contact_search found on found.workspace_id = ${ws} and found.contact_id = c.id
      where c.live <> (c.root_id is null and c.blocked_at is null) or found.live is distinct from (c.root_id is null)
    union all select format('contact %s says conversation %s is open, and %s is', c.id, c.conversation_id, e.id)
      from live c left join conversation e on e.workspace_id = ${ws} and e.owner_id = c.id and e.closed_at is null
      where c.root_id is null and c.conversation_id is distinct from e.id
    union all select format('contact %s has status %s and conversation %s', c.id, c.status, c.conversation_id)
      from live c where (c.status in (1, 2)) <> (c.conversation_id is not null)
    union all select format('contact %s says its last message is %s, and it is %s', c.id, c.last_message_id, heard.last_message_id)
      from live c left join heard using (id)
      where c.root_id is null and c.last_message_id <> coalesce(heard.last_message_id, 0)
    union all select format('contact %s says it last wrote %s, and it wrote %s', c.id, c.last_in_id, heard.last_in_id)
      from live c left join heard using (id)
      where c.root_id is null and c.last_in_id <> coalesce(heard.last_in_id, 0)
    union all select format('contact %s wears tags %s and is found by %s', c.id, c.tags, worn.tags)
      from live c cross join lateral (select coalesce(array_agg(t.tag_id order by t.tag_id), '{}') as tags from contact_tag t
        where t.workspace_id = ${ws} and t.contact_id = c.id) worn
      where worn.tags <> case when c.root_id is null
        then (select coalesce(array_agg(tag::bigint order by tag), '{}') from unnest(c.tags) tag) else '{}' end
    union all select format('contact %s wears tags %s, and those it stands for %s', c.id, c.tags, worn.tags)
      from live c cross join lateral (select coalesce(array_agg(distinct tag order by tag), '{}') as tags
        from root join contact part on part.workspace_id = ${ws} and part.id = root.id
        cross join unnest(coalesce(part.own_tags, part.tags)) tag where root.top = c.id) worn
      where c.root_id is null
        and worn.tags <> (select coalesce(array_agg(tag order by tag), '{}') from unnest(c.tags) tag)
    union all select format('contact %s holds values in fields %s and is found by those in %s', c.id, held.ids, found.ids)
      from live c
      cross join lateral (select coalesce(array_agg(key::bigint order by key::bigint), '{}') as ids
        from jsonb_object_keys(c.fields) key where c.root_id is null) held
      cross join lateral (select coalesce(array_agg(field_id order by field_id), '{}') as ids from (
        select field_id from field_str where workspace_id = ${ws} and contact_id = c.id
        union all select field_id from field_num where workspace_id = ${ws} and contact_id = c.id) index_row) found
      where held.ids <> found.ids
    union all select format('contact %s holds %s in field %s and is not found by it', c.id, value, key)
      from live c cross join lateral jsonb_each(c.fields)
      where c.root_id is null and not case jsonb_typeof(value)
        when 'string' then exists (select from field_str s where s.workspace_id = ${ws} and s.contact_id = c.id
            and s.field_id = key::bigint and (s.str = lower(value #>> '{}') or value #>> '{}' ~ '[^ -~]'))
          or exists (select from field_num n where n.workspace_id = ${ws} and n.contact_id = c.id and n.field_id = key::bigint
            and n.num = case when value #>> '{}' ~ '^\\d{4}-\\d\\d-\\d\\d$' then (value #>> '{}')::date - date '1970-01-01'
              when value #>> '{}' ~ '^\\d\\d:\\d\\d$' then extract(epoch from (value #>> '{}')::time) / 60 end)
        else exists (select from field_num n where n.workspace_id = ${ws} and n.contact_id = c.id
          and n.field_id = key::bigint and n.num = case jsonb_typeof(value) when 'number' then value::float8
            else (value::boolean)::integer end) end
    union all select format('contact %s keeps apart what it says alone, and has absorbed nobody', c.id)
      from live c where (c.own is not null or c.own_tags is not null)
        and not exists (select from merge_edge e where e.workspace_id = ${ws} and e.parent_id = c.id and not e.undone)
    union all select format('merge %s is undone in one table and stands in another', op.id)
      from merge_op op where op.workspace_id = ${ws} and exists (select from merge_edge e
        where e.workspace_id = ${ws} and e.op_id = op.id and e.undone <> (op.undone_at is not null))`.execute(db)
  return rows.map(({ law }) => law)
}
