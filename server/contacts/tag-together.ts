import { sql } from 'kysely'
import { prepared, preparedFor } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { mostTags } from './tag-contact.ts'

/** A tag as it is now, with every number under which a contact may carry it. */
export interface KnownTag {
  readonly asked: number
  readonly id: number
  readonly name: string
  readonly numbers: number[]
}

/** Held until the end, so that none goes or becomes part of another; those that are gone already are left out. */
export async function holdKnownTags(tx: Tx, workspaceId: number, asked: readonly number[]): Promise<KnownTag[]> {
  const { rows } = await sql<KnownTag>`${prepared}
    select asked.id as asked, t.id, t.name, array(select same.id from tag same where same.workspace_id = t.workspace_id
      and (same.id = t.id or same.merged_into = t.id)) as numbers
    from tag asked join tag t on t.workspace_id = asked.workspace_id and t.id = coalesce(asked.merged_into, asked.id)
    where asked.workspace_id = ${workspaceId} and asked.id = any(${asked}::bigint[]) order by t.id for share of t`.execute(
    tx,
  )
  return rows
}

/** Those of the contacts that have as many tags as they may, and not this one. */
export async function whoIsFull(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  { numbers }: KnownTag,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from contact where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])
      and cardinality(tags) >= ${mostTags} and not tags && ${numbers}::integer[]`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Puts a tag on those who have it under none of its numbers and have room for it; their locks are held. Answers on whom. */
export async function putTagOn(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  { id, numbers }: KnownTag,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`${preparedFor(ids.length)}
    with put as (
      update contact set tags = tags || ${id}::integer, version = version + 1,
        own_tags = case when own_tags is not null then own_tags || ${id}::integer end
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[]) and cardinality(tags) < ${mostTags}
        and not tags && ${numbers}::integer[] returning id
    ), found as (
      insert into contact_tag (workspace_id, tag_id, contact_id) select ${workspaceId}, ${id}, id from put order by id
      on conflict do nothing
    )
    select id from put order by id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Takes a tag off, also off all whom they have absorbed: whoever is parted again does not get back what was taken off. Answers off whom. */
export async function takeTagOff(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  { numbers }: KnownTag,
): Promise<number[]> {
  const without = (column: 'tags' | 'own_tags') => sql`case when ${sql.ref(column)} is not null then array(
    select id from unnest(${sql.ref(column)}) with ordinality listed (id, place)
    where id <> all(${numbers}::integer[]) order by place) end`
  const { rows } = await sql<{ id: number }>`${preparedFor(ids.length)}
    with forgotten as (
      delete from contact_tag where workspace_id = ${workspaceId} and tag_id = any(${numbers}::bigint[])
        and contact_id = any(${ids}::bigint[])
    ), taken as (
      update contact set tags = ${without('tags')}, own_tags = ${without('own_tags')},
        version = case when root_id is null then version + 1 else version end
      where workspace_id = ${workspaceId} and (id = any(${ids}::bigint[]) or root_id = any(${ids}::bigint[]))
        and (tags && ${numbers}::integer[] or own_tags && ${numbers}::integer[])
      returning id, root_id
    )
    select id from taken where root_id is null order by id`.execute(tx)
  return rows.map(({ id }) => id)
}
