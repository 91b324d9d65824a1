import type { Stage } from './open-stage.ts'

const done = new WeakSet<Stage>()

/**
 * Gives everybody of a stage what lists are narrowed by, once: twenty countries, twelve tags and six custom fields, each far
 * more common than the next; a stage of the journey; two members who look after some.
 */
export async function fillDetails(stage: Stage): Promise<void> {
  if (done.has(stage)) return
  done.add(stage)
  const { workspaceId: ws } = stage
  // one connection: the helper below is its own
  const client = await stage.pool.connect()
  await client.query(
    `insert into tag (workspace_id, id, name, name_key, colour) select $1, n, 'Etiqueta ' || n, 'etiqueta ' || n, 'blue' from generate_series(1, 12) n`,
    [ws],
  )
  await client.query(
    `insert into custom_field (workspace_id, id, name, name_key, slug, type)
     select $1, n, 'Campo ' || n, 'campo ' || n, 'campo_' || n, (array['number', 'date', 'list', 'text', 'checkbox', 'number'])[n]
     from generate_series(1, 6) n`,
    [ws],
  )
  // what the server makes next is numbered after these
  await client.query(
    `insert into counter (workspace_id, kind, last) values ($1, 'tag', 12), ($1, 'field', 6)
     on conflict (workspace_id, kind) do update set last = greatest(counter.last, excluded.last)`,
    [ws],
  )
  // a hash of the number and a salt, evenly between 0 and 1
  await client.query(
    `create function pg_temp.dice(id bigint, salt integer) returns float8 immutable language sql
     as $$ select (hashint8(id * 31 + salt)::bigint + 2147483648)::float8 / 4294967296 $$`,
  )
  for (let from = 0; from < stage.contacts; from += 50_000)
    await client.query(
      `update contact set
        country = (array['ES','MX','AR','CO','US','CL','PE','FR','DE','IT','GB','PT','BR','NL','PL','JP','CN','IN','MA','UY'])
          [1 + floor(20 * power(pg_temp.dice(id, 1), 3))::integer],
        tags = array(select n from generate_series(1, 12) n where pg_temp.dice(id, 100 + n) < 0.3 / power(1.8, n - 1)),
        fields = jsonb_strip_nulls(jsonb_build_object(
          '1', case when pg_temp.dice(id, 2) < 0.9 then floor(1000 * power(pg_temp.dice(id, 3), 2)) end,
          '2', case when pg_temp.dice(id, 4) < 0.6 then to_char(date '2020-01-01' + floor(2500 * pg_temp.dice(id, 5))::integer, 'YYYY-MM-DD') end,
          '3', case when pg_temp.dice(id, 6) < 0.4 then (array['Oro', 'Plata', 'Bronce', 'Nuevo'])[1 + floor(4 * power(pg_temp.dice(id, 7), 2))::integer] end,
          '4', case when pg_temp.dice(id, 8) < 0.3 then 'pedido ' || floor(5000 * pg_temp.dice(id, 9)) end,
          '5', case when pg_temp.dice(id, 10) < 0.2 then pg_temp.dice(id, 11) < 0.5 end,
          '6', case when pg_temp.dice(id, 12) < 0.01 then floor(100 * pg_temp.dice(id, 13)) end))
       where workspace_id = $1 and id > $2 and id <= $2 + 50000`,
      [ws, from],
    )
  await client.query(
    `insert into contact_tag (workspace_id, tag_id, contact_id)
    select workspace_id, unnest(tags), id from contact where workspace_id = $1 order by 2, 3`,
    [ws],
  )
  await client.query(
    `insert into field_num (workspace_id, field_id, num, contact_id)
     select workspace_id, key::bigint, case key when '2' then (value #>> '{}')::date - date '1970-01-01'
       when '5' then (value::boolean)::integer else value::float8 end, id
     from contact, jsonb_each(fields) where workspace_id = $1 and key in ('1', '2', '5', '6') order by 2, 3, 4`,
    [ws],
  )
  await client.query(
    `insert into field_str (workspace_id, field_id, str, contact_id)
     select workspace_id, key::bigint, lower(value #>> '{}'), id
     from contact, jsonb_each(fields) where workspace_id = $1 and key in ('3', '4') order by 2, 3, 4`,
    [ws],
  )
  await client.query('vacuum (analyze)')
  client.release()
}
