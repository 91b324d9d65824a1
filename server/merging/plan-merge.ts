import { createHash } from 'node:crypto'
import type { FieldValue } from '#contract/fields.ts'
import type { MergePlan } from '#contract/merging.ts'
import { alternateValues, customKey, valueKey, type AlternateValue } from '../contacts/alternate-values.ts'
import {
  choose,
  fieldsOf,
  goldenValues,
  heldIn,
  oldestFirst,
  type GoldenField,
  type GoldenValues,
  type TreeOp,
} from '../contacts/golden-values.ts'
import type { MergeBefore, Standing, TreeMember, Trees } from '../contacts/load-trees.ts'
import { isCustom } from '../contacts/provenance.ts'
import { profileOf, type Profile } from '../contacts/profile-of.ts'
import { unionTags } from '../contacts/union-tags.ts'
import { statusOfState } from '../conversations/lock-state.ts'

export interface MergeWish {
  /** Live ones, each once, in any order. */
  readonly rootIds: readonly number[]
  /** The oldest unless named. */
  readonly survivorId: number | null
  readonly picks: TreeOp['picks']
}

/** Everything a merge decides: the preview shows it, the act carries it out. */
export interface MergeDecision {
  readonly survivor: TreeMember
  /** Oldest first. */
  readonly absorbed: readonly TreeMember[]
  /** Everybody who will be part of the one contact, whomever they are part of now. */
  readonly memberIds: readonly number[]
  readonly picks: TreeOp['picks']
  /** What is decided on: custom fields where one of them says something. */
  readonly fields: readonly GoldenField[]
  /** Whose value stays. */
  readonly chosen: ReadonlyMap<GoldenField, number | null>
  /** What each of them says now, the survivor's first. */
  readonly said: readonly { readonly contactId: number; readonly values: GoldenValues }[]
  /** What the survivor will say. `at` and `by` of what it takes over are filled in by the act. */
  readonly golden: GoldenValues
  readonly profile: Profile
  readonly alternates: readonly AlternateValue[]
  /** By number, the survivor's first. */
  readonly tags: readonly number[]
  readonly standing: Standing & { readonly conversationId: number | null }
  readonly ended: MergeBefore['ended']
  readonly kept: MergeBefore['kept']
}

/** What becomes of contacts that are made one. Nothing but what is given is asked. */
export function planMerge({ members, ops }: Trees, wish: MergeWish, by: number | null, at: string): MergeDecision {
  const byId = new Map(members.map((member) => [member.id, member]))
  const [oldest = 0] = oldestFirst(wish.rootIds, byId)
  const survivorId = wish.survivorId ?? oldest
  const absorbedIds = oldestFirst(
    wish.rootIds.filter((id) => id !== survivorId),
    byId,
  )
  const op: TreeOp = {
    id: Number.MAX_SAFE_INTEGER,
    survivorId,
    childIds: absorbedIds,
    survivorVersion: Number.MAX_SAFE_INTEGER,
    picks: wish.picks,
    by,
    at,
  }
  const before = goldenValues(members, ops)
  const golden = goldenValues(members, [...ops, op]).get(survivorId)!
  const of = (id: number) => byId.get(id)!
  const ids = [survivorId, ...absorbedIds]
  const valueOf = (field: GoldenField) => (id: number) => heldIn(before.get(id)!, field).value
  const fields = fieldsOf(ids.map((id) => before.get(id)!)).filter(
    (field) => !isCustom(field) || ids.some((id) => valueOf(field)(id) !== null),
  )
  return {
    survivor: of(survivorId),
    absorbed: absorbedIds.map(of),
    memberIds: members.map(({ id }) => id).toSorted((a, b) => a - b),
    picks: wish.picks,
    fields,
    chosen: new Map(fields.map((field) => [field, choose(op, field, absorbedIds, valueOf(field))])),
    said: ids.map((id) => ({ contactId: id, values: before.get(id)! })),
    golden,
    profile: profileOf(
      members.flatMap(({ links }) => links),
      {
        name: ids.map((id) => of(id).row.profile_name).find((name) => name !== null) ?? null,
        pictureUrl: ids.map((id) => of(id).row.picture_url).find((url) => url !== null) ?? null,
      },
    ),
    alternates: alternateValues(golden, members),
    tags: unionTags([of(survivorId), ...members.filter(({ id }) => id !== survivorId)]),
    ...planEpisodes(ids.map(of)),
  }
}

/**
 * Open if one of them is. The survivor's episode goes on, else that of the oldest that has one; the others' end in its
 * favour. Where all that are open are snoozed, they wake together with the first.
 */
function planEpisodes(roots: readonly TreeMember[]): Pick<MergeDecision, 'standing' | 'ended' | 'kept'> {
  const { none, open, snoozed, closed } = statusOfState
  const running = roots.filter(({ state }) => state.conversationId !== null)
  const [keeper, ...others] = running
  if (keeper === undefined) {
    const status = roots.some(({ state }) => state.status !== none) ? closed : none
    return { standing: { status, snoozedUntil: null, conversationId: null }, ended: [], kept: null }
  }
  const conversationId = keeper.state.conversationId!
  const untils = running.flatMap(({ state }) => (state.status === snoozed ? [state.snoozedUntil!.toISOString()] : []))
  const made: Standing = running.some(({ state }) => state.status === open)
    ? { status: open, snoozedUntil: null }
    : { status: snoozed, snoozedUntil: untils.toSorted()[0] ?? null }
  const was = standingOf(keeper)
  const changed = was.status !== made.status || was.snoozedUntil !== made.snoozedUntil
  return {
    standing: { ...made, conversationId },
    ended: others.map((other) => ({
      conversationId: other.state.conversationId!,
      snoozedUntil: standingOf(other).snoozedUntil,
    })),
    kept: changed ? { conversationId, was, made } : null,
  }
}

const standingOf = ({ state }: TreeMember): Standing => ({
  status: state.status,
  snoozedUntil: state.snoozedUntil?.toISOString() ?? null,
})

/** Does everything that is there mean the same? */
export function meansTheSame(field: GoldenField, values: readonly (FieldValue | null)[]): boolean {
  const keys = values.flatMap((value) => (value === null ? [] : [meaningOf(field, value)]))
  return new Set(keys).size <= 1
}

function meaningOf(field: GoldenField, value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value
  if (field === 'phone' || field === 'email') return valueKey(field, value)
  return field === 'firstName' || field === 'lastName' || isCustom(field) ? customKey(value) : value
}

/** The same as long as the merge would do the same; how many messages there are does not matter. */
export function fingerprintOf(
  decision: MergeDecision,
  {
    toldApart,
    runsStopped,
    optOuts,
  }: Pick<MergePlan, 'toldApart' | 'runsStopped'> & Pick<MergePlan['result'], 'optOuts'>,
): string {
  const { survivor, absorbed, memberIds, fields, chosen, said, alternates, tags, standing } = decision
  const decided = [
    survivor.id,
    memberIds,
    absorbed.map(({ id }) => id),
    fields.map((field) => [field, chosen.get(field), ...said.map(({ values }) => heldIn(values, field).value)]),
    alternates.map(({ field, value }) => [field, value]),
    tags,
    standing.status,
    toldApart.map(({ a, b }) => [a, b]),
    runsStopped.map(({ contactId, workflowId }) => [contactId, workflowId]),
    optOuts.map(({ channelId, scope, contactIds }) => [channelId, scope, contactIds]),
  ]
  return createHash('sha256').update(JSON.stringify(decided)).digest('base64url').slice(0, 22)
}
