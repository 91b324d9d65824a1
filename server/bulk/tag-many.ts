import { sql } from 'kysely'
import type { BulkJob } from '#contract/bulk.ts'
import { recordActivity, type ActivityEntry } from '../activity/record-activity.ts'
import { mostTags } from '../contacts/tag-contact.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { holdTags } from '../tags/hold-tags.ts'
import type { BulkAct, Failure, Work } from './bulk-act.ts'
import { lockMany } from './lock-many.ts'
import type { ParsedInput } from './parsed-input.ts'
import { refuseBeyondLimit, startJob } from './start-job.ts'

interface Wish {
  readonly add: readonly number[]
  readonly remove: readonly number[]
}

/** Has tags put on many contacts, and others taken off. */
export async function startTagging(
  context: WriteContext,
  { selection, add, remove }: ParsedInput<'tag'>,
): Promise<BulkJob> {
  const { tx, actor } = context
  if (add.length + remove.length === 0) return refuse('add', 'missing', 'Name a tag to put on or to take off.')
  const twice = add.findIndex((id) => remove.includes(id))
  if (twice >= 0) return refuse(`add.${twice}`, 'both', 'Put the tag on or take it off, not both.')
  await holdTags(tx, actor.workspaceId, [...add, ...remove])
  const wish: Wish = { add, remove }
  const job = await startJob(context, 'tag', selection, { wish })
  await refuseBeyondLimit(tx, actor.workspaceId, job.total)
  return job
}

/** A tag as it is now, with every number under which a contact may carry it. */
interface Known {
  readonly asked: number
  readonly id: number
  readonly name: string
  readonly numbers: number[]
}

/** Tagging as an act on many contacts. */
export const tagging: BulkAct = {
  async carryOut(tx, work, contactIds) {
    const { add, remove } = work.wish as Wish
    const known = await holdKnown(tx, work.workspaceId, [...add, ...remove])
    const { locked, failures } = await lockMany(tx, work.workspaceId, contactIds)
    const ids = locked.map(({ id }) => id)
    const full = new Set<number>()
    let [added, removed] = [0, 0]
    const entries: ActivityEntry[] = []
    const tell = (kind: 'tagAdded' | 'tagRemoved', { id: tagId, name }: Known, changed: readonly number[]) => {
      for (const contactId of changed) entries.push({ contactId, kind, actor: work.by, data: { tagId, name } })
      return changed.length
    }
    for (const tag of known.filter(({ asked }) => remove.includes(asked)))
      removed += tell('tagRemoved', tag, await takeOff(tx, work, ids, tag))
    for (const tag of known.filter(({ asked }) => add.includes(asked))) {
      for (const id of await whoIsFull(tx, work, ids, tag)) full.add(id)
      added += tell('tagAdded', tag, await putOn(tx, work, ids, tag))
    }
    await recordActivity(tx, work.deps.clock, work.workspaceId, entries)
    const tooMany = [...full].map((contactId): Failure => ({ contactId, reason: 'too-many-tags', survivorId: null }))
    return { touchedIds: ids, failures: [...failures, ...tooMany], counts: { added, removed }, unfinished: false }
  },
}

/** Held until the end, so that none goes or becomes part of another; those that are gone already are left out. */
async function holdKnown(tx: Tx, workspaceId: number, asked: readonly number[]): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select asked.id as asked, t.id, t.name, array(select same.id from tag same where same.workspace_id = t.workspace_id
      and (same.id = t.id or same.merged_into = t.id)) as numbers
    from tag asked join tag t on t.workspace_id = asked.workspace_id and t.id = coalesce(asked.merged_into, asked.id)
    where asked.workspace_id = ${workspaceId} and asked.id = any(${asked}::bigint[]) order by t.id for share of t`.execute(
    tx,
  )
  return rows
}

async function whoIsFull(tx: Tx, { workspaceId }: Work, ids: readonly number[], { numbers }: Known): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from contact where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])
      and cardinality(tags) >= ${mostTags} and not tags && ${numbers}::integer[]`.execute(tx)
  return rows.map(({ id }) => id)
}

async function putOn(tx: Tx, { workspaceId }: Work, ids: readonly number[], { id, numbers }: Known): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
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

/** Also off all whom they have absorbed: whoever is parted again does not get back what was taken off. */
async function takeOff(tx: Tx, { workspaceId }: Work, ids: readonly number[], { numbers }: Known): Promise<number[]> {
  const without = (column: 'tags' | 'own_tags') => sql`case when ${sql.ref(column)} is not null then array(
    select id from unnest(${sql.ref(column)}) with ordinality listed (id, place)
    where id <> all(${numbers}::integer[]) order by place) end`
  const { rows } = await sql<{ id: number }>`
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
