import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import { silentFields } from '../fields/silent-fields.ts'
import type { Tx } from '../http/endpoint.ts'
import { fieldsOf, heldIn, ownIn, type GoldenValues, type OwnValues } from './golden-values.ts'
import { indexFields } from './index-fields.ts'
import type { TreeMember } from './load-trees.ts'
import type { Profile } from './profile-of.ts'
import { isCustom, type CustomFields } from './provenance.ts'
import { searchText, type Searched } from './search-text.ts'
import { sortName } from './sort-name.ts'
import { ownTags, unionTags } from './union-tags.ts'

export interface GoldenChange {
  readonly member: TreeMember
  readonly golden: GoldenValues
  /** Null where nobody is absorbed by it any more. */
  readonly own: OwnValues | null
  readonly profile: Profile
  /** Those below it. */
  readonly others: readonly TreeMember[]
  /** It stands for itself, so its tags and fields are found by it. */
  readonly live: boolean
}

/** Writes what a contact says after those it stands for have become others: its row, its provenance, what it is found by. */
export async function writeGolden(tx: Tx, change: GoldenChange): Promise<void> {
  const { member, golden, own, profile, others, live } = change
  const { workspace_id, id } = member.row
  const said = fieldsOf([golden])
    .filter((field) => field !== 'assignee')
    .map((field) => [field, heldIn(golden, field)] as const)
  const fields = Object.fromEntries(
    said.flatMap(([field, { value }]) => (isCustom(field) && value !== null ? [[field.slice(1), value]] : [])),
  )
  const named: Searched = {
    first_name: golden.firstName.value,
    last_name: golden.lastName.value,
    email: golden.email.value,
    phone: golden.phone.value,
    profile_name: profile.name,
    fields,
  }
  const provenance = Object.fromEntries(
    said.flatMap(([field, { origin }]) => (origin === null ? [] : [[field, origin]])),
  )
  const before = member.row.root_id === null ? (member.row.fields as CustomFields) : {}
  await indexFields(tx, workspace_id, [{ contactId: id, before, after: live ? fields : {} }])
  const tags = unionTags([member, ...others])
  const ownList = own === null ? null : [...ownTags(member)]
  const tagged = live ? tags : []
  const silent = await silentFields(tx, workspace_id)
  const text = searchText(named, silent, [ownNames(own, named), ...others.flatMap(namesOf)])
  await sql`${prepared}
    with known as (
      insert into contact_provenance (workspace_id, contact_id, p)
      values (${workspace_id}, ${id}, ${JSON.stringify(provenance)})
      on conflict (workspace_id, contact_id) do update set p = excluded.p
    ), found as (
      update contact_search set txt = ${text} where workspace_id = ${workspace_id} and contact_id = ${id}
    ), untagged as (
      delete from contact_tag where workspace_id = ${workspace_id} and contact_id = ${id}
        and tag_id = any(${member.row.tags.filter((tag) => !tagged.includes(tag))}::bigint[])
    ), tagged as (
      insert into contact_tag (workspace_id, tag_id, contact_id)
      select ${workspace_id}, tag, ${id} from unnest(${tagged}::bigint[]) tag on conflict do nothing
    )
    update contact set first_name = ${named.first_name}, last_name = ${named.last_name}, email = ${named.email},
      phone = ${named.phone}, phone_unverified = ${golden.phone.unverified ?? false}, country = ${golden.country.value},
      language = ${golden.language.value}, fields = ${JSON.stringify(fields)}::jsonb,
      lifecycle_id = ${golden.lifecycle.value}::text::bigint, profile_name = ${profile.name}, picture_url = ${profile.pictureUrl},
      sort_name = ${sortName(named)}, own = ${own === null ? null : JSON.stringify(own)}::jsonb,
      tags = ${tags}::integer[], own_tags = ${ownList}::integer[], version = version + 1
    where workspace_id = ${workspace_id} and id = ${id}`.execute(tx)
}

/** What a member of a merged contact is found by: what it came to say, and what it says alone. */
export const namesOf = ({ row, own }: TreeMember): Searched[] => [row, ownNames(own, row)]

export const ownNames = (own: OwnValues | null, { profile_name }: Pick<Searched, 'profile_name'>): Searched => ({
  first_name: own?.firstName.value ?? null,
  last_name: own?.lastName.value ?? null,
  email: own?.email.value ?? null,
  phone: own?.phone.value ?? null,
  profile_name,
  fields: own === null ? {} : customsIn(own),
})

const customsIn = (own: OwnValues): CustomFields =>
  Object.fromEntries(
    fieldsOf([own]).flatMap((field) => {
      const { value } = ownIn(own, field)
      return isCustom(field) && value !== null ? [[field.slice(1), value]] : []
    }),
  )
