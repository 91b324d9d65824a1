import { ORPCError } from '@orpc/server'
import { sql } from 'kysely'
import type { FieldProblem } from '#contract/errors.ts'
import type { ImportOutcome } from '#contract/import-words.ts'
import { ImportWish } from '#contract/imports.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { findProvenance } from '../contacts/fill-from-channel.ts'
import { insertContact, workspaceCountry } from '../contacts/insert-contact.ts'
import { lockRoot } from '../contacts/lock-root.ts'
import { planEdit, type FieldValues } from '../contacts/plan-edit.ts'
import type { Provenance } from '../contacts/provenance.ts'
import { findHeldTags, mostTags, putTagsOn } from '../contacts/tag-contact.ts'
import { inWords } from '../contacts/update-contact.ts'
import { writeEdit } from '../contacts/write-edit.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { holdFields } from '../fields/hold-fields.ts'
import type { Actor, Tx, WriteContext } from '../http/endpoint.ts'
import { findOrMakeTags } from '../tags/find-or-make-tags.ts'
import { holdTags, type HeldTag } from '../tags/hold-tags.ts'
import { tagNameKey } from '../tags/tag-name.ts'
import { findMatch } from './find-match.ts'
import { judgeRow } from './judge-row.ts'
import { onlyEmpty } from './only-empty.ts'
import { readRow, type RowContext } from './read-row.ts'
import type { Done, RunningImport } from './run-import.ts'

/** What an import changed of a contact, for taking it back. */
export interface Before {
  readonly added?: true
  readonly changes?: readonly {
    readonly field: string
    readonly from: string | number | boolean | null
    readonly to: string | number | boolean | null
    readonly origin: NonNullable<Provenance[keyof Provenance]> | null
  }[]
  readonly phoneUnverified?: boolean
  readonly tags?: readonly number[]
}

interface RowDone {
  readonly place: number
  readonly outcome: ImportOutcome
  readonly reasons: readonly FieldProblem[]
  readonly contactId: number | null
  readonly before: Before | null
}

interface Batch extends RowContext {
  readonly tx: Tx
  readonly deps: Deps
  readonly file: RunningImport
  /** Those that every contact of the import gets. */
  readonly common: readonly HeldTag[]
  readonly tagOf: (name: string) => HeldTag | undefined
}

/** Carries out the next rows of an import. A row that cannot be carried out says why and holds up no other. */
export async function carryOutRows(tx: Tx, deps: Deps, file: RunningImport, limit: number): Promise<Done> {
  const { workspace_id: workspaceId, id: importId } = file
  const wish = ImportWish.parse(file.wish)
  const rows = await tx
    .selectFrom('import_row')
    .select(['place', 'cells'])
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', importId)
    .where('place', '>', file.done)
    .where('place', '<=', file.done + limit)
    .orderBy('place')
    .execute()
  const customIds = wish.columns.flatMap((target) => (target?.startsWith('#') ? [Number(target.slice(1))] : []))
  const customs = await holdFields(tx, workspaceId, customIds)
  const context: RowContext = { wish, customs, country: await workspaceCountry(tx, workspaceId) }
  const read = rows.map(({ place, cells }) => ({ place, row: readRow(cells, context) }))
  const { notices, tags } = await makeTags(tx, deps, file, new Set(read.flatMap(({ row }) => row.tags)))
  const held = await holdTags(tx, workspaceId, [...new Set([...tags.values(), ...(await standing(tx, file))])])
  const heldById = new Map(held.map((tag) => [tag.id, tag]))
  const batch: Batch = {
    ...context,
    tx,
    deps,
    file,
    common: (await standing(tx, file)).flatMap((id) => heldById.get(id) ?? []),
    tagOf: (name) => heldById.get(tags.get(tagNameKey(name)) ?? 0),
  }
  const outcomes: RowDone[] = []
  for (const { place, row } of read) outcomes.push(await guarded(batch, place, () => carryOut(batch, place, row)))
  await sql`
    update import_row set outcome = done.outcome, reasons = done.reasons, contact_id = done.contact_id, before = done.before
    from unnest(${outcomes.map(({ place }) => place)}::integer[], ${outcomes.map(({ outcome }) => outcome)}::text[],
      ${outcomes.map(({ reasons }) => JSON.stringify(reasons))}::jsonb[], ${outcomes.map(({ contactId }) => contactId)}::bigint[],
      ${outcomes.map(({ before }) => (before === null ? null : JSON.stringify(before)))}::jsonb[])
      done (place, outcome, reasons, contact_id, before)
    where import_row.workspace_id = ${workspaceId} and import_row.import_id = ${importId}
      and import_row.place = done.place`.execute(tx)
  const counts: Record<string, number> = {}
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return { counts, notices }
}

/** A row that the database will not have is refused alone. */
async function guarded({ tx, deps }: Batch, place: number, act: () => Promise<RowDone>): Promise<RowDone> {
  await sql`savepoint one_row`.execute(tx)
  try {
    const done = await act()
    await sql`release savepoint one_row`.execute(tx)
    return done
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // waited for each other, or the database is out of reach: the whole batch is taken up again
    if (/^(?:40|08|57|E)/.test(code)) throw error
    await sql`rollback to savepoint one_row`.execute(tx)
    deps.log.error({ err: error, place }, 'a row could not be imported')
    const reasons = [{ path: 'row', reason: 'error', message: 'The row could not be written.' }]
    return { place, outcome: 'refused', reasons, contactId: null, before: null }
  }
}

/** The tags that every contact of the import gets, as far as there still are any. */
async function standing(tx: Tx, { workspace_id, tag_ids }: RunningImport): Promise<number[]> {
  if (tag_ids.length === 0) return []
  const rows = await tx
    .selectFrom('tag')
    .select(['id', 'merged_into'])
    .where('workspace_id', '=', workspace_id)
    .where('id', 'in', tag_ids)
    .execute()
  return [...new Set(rows.map(({ id, merged_into }) => merged_into ?? id))]
}

async function makeTags(tx: Tx, deps: Deps, file: RunningImport, names: ReadonlySet<string>) {
  const notices: LiveNotice[] = []
  const tags = new Map<string, number>()
  if (names.size === 0) return { notices, tags }
  const actor: Actor = {
    workspaceId: file.workspace_id,
    memberId: file.started_by ?? 0,
    userId: '',
    name: '',
    role: 'manager',
    restrictions: [],
    teamId: null,
    via: file.started_via === 'api' ? 'api' : 'member',
    ip: '',
  }
  const context: WriteContext = {
    deps,
    tx,
    actor,
    now: new Date(),
    live: (notice) => notices.push({ ...notice, workspaceId: actor.workspaceId }),
    enqueue: (name, data, after) => deps.jobs.enqueue(tx, name, data, after),
  }
  for (const name of names) {
    try {
      const [id] = await findOrMakeTags(context, [name])
      if (id !== undefined) tags.set(tagNameKey(name), id)
    } catch (error) {
      // a workspace has as many tags as it may have, or nothing of the name can be seen: the contact comes without it
      if (!(error instanceof ORPCError) || error.status >= 500) throw error
    }
  }
  return { notices, tags }
}

async function carryOut(batch: Batch, place: number, row: ReturnType<typeof readRow>): Promise<RowDone> {
  const { tx, file, wish } = batch
  const match = await findMatch(tx, file.workspace_id, row, wish.matchBy)
  const verdict = judgeRow(row, match, wish.mode)
  if (verdict.act === 'leave') {
    const { outcome, reasons, contactId } = verdict
    return { place, outcome, reasons, contactId, before: null }
  }
  const wanted = [...new Set([...batch.common, ...row.tags.flatMap((name) => batch.tagOf(name) ?? [])])]
  return verdict.act === 'add'
    ? add(batch, place, row.values, wanted)
    : update(batch, place, verdict.contactId, row.values, wanted)
}

async function add(batch: Batch, place: number, values: FieldValues, wanted: readonly HeldTag[]): Promise<RowDone> {
  const { tx, deps, file } = batch
  const { contactId } = await insertContact(tx, deps, {
    workspaceId: file.workspace_id,
    source: 'import',
    by: file.id,
    values,
    profileName: null,
    pictureUrl: null,
  })
  await tag(batch, contactId, wanted)
  return { place, outcome: 'added', reasons: [], contactId, before: { added: true } }
}

async function update(
  batch: Batch,
  place: number,
  asked: number,
  values: FieldValues,
  wanted: readonly HeldTag[],
): Promise<RowDone> {
  const { tx, deps, file, wish, customs } = batch
  const workspaceId = file.workspace_id
  const state = await lockRoot(tx, workspaceId, asked)
  const nobody = (outcome: ImportOutcome, reason: string, message: string) =>
    ({ place, outcome, reasons: [{ path: 'row', reason, message }], contactId: null, before: null }) as const
  if (state === undefined) return nobody('skipped', 'gone', 'The contact has just been deleted.')
  if (state.blocked_at !== null) return nobody('blocked', 'blocked', 'The contact is blocked.')
  const contactId = state.contact_id
  const contact = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const provenance = await findProvenance(tx, workspaceId, contactId)
  const origin = { source: 'import', by: file.id, at: new Date() } as const
  const plan = planEdit(contact, provenance, wish.keepExisting ? onlyEmpty(contact, values) : values, origin)
  if (plan !== null) await writeEdit(tx, deps, plan, (change) => inWords(change, customs, []))
  const tags = await tag(batch, contactId, wanted)
  // the tag of the import alone is no change of what is known
  const common = new Set(batch.common.map(({ id }) => id))
  const isChanged = plan !== null || tags.some((id) => !common.has(id))
  const changes = (plan?.changes ?? []).map(({ field, from, to }) => ({
    field,
    from,
    to,
    origin: provenance[field] ?? null,
  }))
  return {
    place,
    outcome: isChanged ? 'updated' : 'unchanged',
    reasons: [],
    contactId,
    before: plan !== null || tags.length > 0 ? { changes, tags, phoneUnverified: contact.phone_unverified } : null,
  }
}

/** Puts tags on, as many as a contact holds; answers those that it did not have. */
async function tag({ tx, deps, file }: Batch, contactId: number, wanted: readonly HeldTag[]): Promise<number[]> {
  if (wanted.length === 0) return []
  const held = await findHeldTags(tx, file.workspace_id, contactId)
  const added = wanted.filter(({ id }) => !held.has(id)).slice(0, Math.max(0, mostTags - held.size))
  if (added.length === 0) return []
  const ids = added.map(({ id }) => id)
  await putTagsOn(tx, file.workspace_id, contactId, ids)
  await recordActivity(
    tx,
    deps.clock,
    file.workspace_id,
    added.map(({ id, name }) => ({
      contactId,
      kind: 'tagAdded' as const,
      actor: { type: 'import' as const, id: file.id },
      data: { tagId: id, name },
    })),
  )
  return ids
}
