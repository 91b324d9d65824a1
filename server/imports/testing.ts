import { sql } from 'kysely'
import type { Client } from '../testing/client.ts'
import type { GivenMember } from '../testing/given.ts'
import type { TestServer } from '../testing/test-server.ts'
import { runPlan } from './run-plan.ts'

/**
 * Everything that a workspace's contacts are, row by row, as two workspaces can be compared: numbers of contacts by their order,
 * tags and fields by name, no times, and whoever wrote it simply somebody.
 */
export async function tellContacts({ deps }: TestServer, workspaceId: number): Promise<string[]> {
  const ws = sql`${workspaceId}::bigint`
  const { rows } = await sql<{ line: string }>`
    with c as (select c.*, row_number() over (order by c.id) as n from contact c where c.workspace_id = ${ws}),
    named as (select key as field, value, id from c cross join lateral jsonb_each(c.fields) v)
    select line from (
      select c.n, 1 as kind, jsonb_build_array('contact', c.n, sort_name, first_name, last_name, email, phone, phone_unverified, country,
        language, root.n, version, tags_of.names, own_of.names, lifecycle_id is not null, own,
        (select jsonb_object_agg(d.slug, value) from named join custom_field d on d.workspace_id = ${ws} and d.id = field::bigint
          where named.id = c.id),
        (select txt from contact_search s where s.workspace_id = ${ws} and s.contact_id = c.id),
        (select jsonb_build_array(live, status, assignee_id, team_id) from contact_state s where s.workspace_id = ${ws} and s.contact_id = c.id),
        (select p from contact_provenance o where o.workspace_id = ${ws} and o.contact_id = c.id),
        (select jsonb_agg(key || ' ' || strength order by key) from identity_key k where k.workspace_id = ${ws} and k.contact_id = c.id),
        -- keys that a contact had and lost before it was there to be met by anybody are of no account
        exists (select from identity_due d where d.workspace_id = ${ws} and d.contact_id = c.id),
        (select jsonb_agg(d.slug || ' ' || str order by d.slug, str) from field_str f join custom_field d on d.workspace_id = ${ws} and d.id = f.field_id
          where f.workspace_id = ${ws} and f.contact_id = c.id),
        (select jsonb_agg(d.slug || ' ' || num order by d.slug, num) from field_num f join custom_field d on d.workspace_id = ${ws} and d.id = f.field_id
          where f.workspace_id = ${ws} and f.contact_id = c.id),
        (select jsonb_agg(t.name order by t.name) from contact_tag h join tag t on t.workspace_id = ${ws} and t.id = h.tag_id
          where h.workspace_id = ${ws} and h.contact_id = c.id))::text as line
      from c
      left join lateral (select r.n from c as r where r.id = c.root_id) root on true
      left join lateral (select jsonb_agg(t.name order by place) as names from unnest(c.tags) with ordinality l (id, place)
        join tag t on t.workspace_id = ${ws} and t.id = l.id) tags_of on true
      left join lateral (select jsonb_agg(t.name order by place) as names from unnest(c.own_tags) with ordinality l (id, place)
        join tag t on t.workspace_id = ${ws} and t.id = l.id) own_of on true
      union all
      -- what an edit is taken back by, an import keeps beside its rows
      select c.n, 2 + row_number() over (order by a.id), jsonb_build_array('activity', c.n, a.kind, a.actor_type, a.data - 'made')::text
      from activity a join c on c.id = a.contact_id where a.workspace_id = ${ws}
    ) told order by n, kind`.execute(deps.db)
  return rows.map(({ line }) =>
    line
      .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"then"')
      .replace(/\["(?:import|person|api)", \d+, "then"\]/g, '["somebody", "then"]')
      .replace(/"source": "(?:import|person|api)"/g, '"source": "somebody"')
      .replace(/"by": \d+/g, '"by": "somebody"')
      .replace(/^(\["activity", \d+, "\w+", )"(?:import|member|api)"/, '$1"somebody"')
      .replace(/("(?:tagId|mergeId)": )\d+/g, '$1"number"'),
  )
}

type Wish = Parameters<Client['imports']['plan']>[0]['wish']
export type Planned = Awaited<ReturnType<Client['imports']['planned']>>['items']

/** What would become of each row of a file. */
export async function planned(
  { deps }: TestServer,
  { id: workspaceId, client }: { id: number; client: Client },
  importId: number,
  wish: Wish,
  batch?: number,
): Promise<Planned> {
  await client.imports.plan({ importId, wish })
  await runPlan(deps, { workspaceId, importId }, new AbortController().signal, batch)
  const items: Planned = []
  for (let after: number | null = 0; after !== null;) {
    const page: { items: Planned; next: number | null } = await client.imports.planned({ importId, after, limit: 100 })
    items.push(...page.items)
    after = page.next
  }
  return items
}

/** Hands in a file that is not taken: the status, and why. */
export async function refusalOf(
  url: string,
  { headers }: Pick<GivenMember, 'headers'>,
  content: string | Uint8Array<ArrayBuffer>,
  name = 'a.csv',
): Promise<[status: number, reason: string | undefined]> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const answer = await fetch(`${url}/imports`, { method: 'POST', headers, body: form })
  const said = (await answer.json()) as { data?: { fields: { reason: string }[] } }
  return [answer.status, said.data?.fields[0]?.reason]
}
