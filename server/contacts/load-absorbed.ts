import type { ContactDetails } from '#contract/contacts.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { alternateValues, customAlternates } from './alternate-values.ts'
import { displayName } from './display-name.ts'
import { findNames } from './find-names.ts'
import type { HeldOrigin } from './golden-values.ts'
import { loadTrees, type TreeMember } from './load-trees.ts'
import type { CustomFields, Source } from './provenance.ts'

/** What a contact has taken in: whom it has absorbed, by which merge, and what they say beside what it shows. */
export async function loadAbsorbed(
  db: Reader | Tx,
  workspaceId: number,
  rootId: number,
): Promise<Pick<ContactDetails, 'alternates' | 'absorbed'>> {
  const { members, ops } = await loadTrees(db, workspaceId, [rootId])
  const root = members.find(({ id }) => id === rootId)
  if (root === undefined) return { alternates: [], absorbed: [] }
  const primary = { phone: { value: root.row.phone, origin: null }, email: { value: root.row.email, origin: null } }
  const further = [...alternateValues(primary, members), ...customAlternates(root.row.fields as CustomFields, members)]
  const found = further.map((one) => ({
    ...one,
    origin: one.origin ?? bornOf(members.find(({ id }) => id === one.contactId) ?? root),
  }))
  const names = await findNames(
    db,
    workspaceId,
    [],
    found.map(({ origin }) => origin),
  )
  return {
    alternates: found.map(({ field, value, origin }) => ({
      field,
      value,
      formatted: field === 'phone' ? formatPhone(value) : String(value),
      source: origin[0],
      by: names.behind(origin),
      at: origin[2],
    })),
    absorbed: ops.flatMap(({ id: mergeId, childIds, at }) =>
      childIds.map((contactId) => {
        const row = members.find(({ id }) => id === contactId)?.row
        return { contactId, displayName: row === undefined ? null : displayName(row), mergeId, at }
      }),
    ),
  }
}

/** Where a contact's values come from unless something else is said of them. */
export const bornOf = ({ row }: Pick<TreeMember, 'row'>): NonNullable<HeldOrigin> => [
  row.born_source as Source,
  row.born_by,
  row.created_at.toISOString(),
]
