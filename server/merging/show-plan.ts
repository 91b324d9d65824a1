import type { FieldValue } from '#contract/fields.ts'
import type { MergePlan } from '#contract/merging.ts'
import { displayName } from '../contacts/display-name.ts'
import { heldIn, type GoldenField, type Held, type HeldOrigin } from '../contacts/golden-values.ts'
import { bornOf } from '../contacts/load-absorbed.ts'
import { loadSummaries } from '../contacts/load-summaries.ts'
import type { TreeMember } from '../contacts/load-trees.ts'
import { statusOf } from '../contacts/status-of.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { loadTags } from '../tags/shown-tags.ts'
import { countMoves } from './count-moves.ts'
import { findNames, type Names } from '../contacts/find-names.ts'
import type { Consequences } from './find-consequences.ts'
import type { Evidence } from './find-evidence.ts'
import { fingerprintOf, meansTheSame, type MergeDecision } from './plan-merge.ts'

/** A decision as it is shown before it is carried out. */
export async function showPlan(
  db: Reader | Tx,
  workspaceId: number,
  decision: MergeDecision,
  evidence: Evidence & Consequences,
): Promise<MergePlan> {
  const { survivor, absorbed, golden, profile, alternates, standing } = decision
  const roots = [survivor, ...absorbed]
  const ids = roots.map(({ id }) => id)
  const summaries = await loadSummaries(db, workspaceId, ids)
  const names = await findNames(db, workspaceId, assigneesOf(decision), originsOf(decision))
  const summary = (id: number) => summaries.get(id)!
  const values = (field: 'phone' | 'email') => alternates.filter((one) => one.field === field).map(({ value }) => value)
  return {
    fingerprint: fingerprintOf(decision, evidence),
    survivor: summary(survivor.id),
    absorbed: absorbed.map(({ id }) => summary(id)),
    fields: decision.fields.map((field) => planField(decision, field, roots, names)),
    alternates: { phones: values('phone'), emails: values('email') },
    result: {
      displayName: displayName({
        first_name: golden.firstName.value,
        last_name: golden.lastName.value,
        profile_name: profile.name,
        phone: golden.phone.value,
        email: golden.email.value,
      }),
      pictureUrl: profile.pictureUrl,
      channelKinds: [...new Set(ids.flatMap((id) => summary(id).channelKinds))],
      status: statusOf(standing.status),
      tags: await loadTags(db, workspaceId, decision.tags),
      optOuts: evidence.optOuts,
    },
    moves: await countMoves(
      db,
      workspaceId,
      absorbed.map(({ id }) => id),
    ),
    runsStopped: evidence.runsStopped,
    reasons: evidence.reasons,
    toldApart: evidence.toldApart,
  }
}

function planField(
  { said, chosen }: MergeDecision,
  field: GoldenField,
  roots: readonly TreeMember[],
  names: Names,
): PlannedField {
  const values = said.map((one) => heldIn(one.values, field))
  return {
    field,
    options: said.map(({ contactId }, at) => showOption(field, roots[at]!, contactId, values[at]!, names)),
    chosen: chosen.get(field) ?? null,
    same: meansTheSame(
      field,
      values.map(({ value }) => value),
    ),
  }
}

type PlannedField = MergePlan['fields'][number]

function showOption(
  field: GoldenField,
  root: TreeMember,
  contactId: number,
  { value, origin }: Held,
  names: Names,
): PlannedField['options'][number] {
  if (field === 'assignee') {
    const shown = value === null ? null : names.member(Number(value))
    return { contactId, value, shown, source: null, by: null, at: null }
  }
  const from = value === null ? null : (origin ?? bornOf(root))
  return {
    contactId,
    value,
    shown: value === null ? null : showValue(field, value, names),
    source: from?.[0] ?? null,
    by: names.behind(from),
    at: from?.[2] ?? null,
  }
}

function showValue(field: GoldenField, value: FieldValue, names: Names): string {
  if (field === 'lifecycle') return names.stage(Number(value)) ?? ''
  return field === 'phone' ? formatPhone(String(value)) : String(value)
}

const assigneesOf = ({ said }: MergeDecision) =>
  said.flatMap(({ values }) => (values.assignee.value === null ? [] : [Number(values.assignee.value)]))

const originsOf = ({ fields, said, survivor, absorbed }: MergeDecision): HeldOrigin[] => [
  ...[survivor, ...absorbed].map(bornOf),
  ...said.flatMap(({ values }) => fields.map((field) => heldIn(values, field).origin)),
]
