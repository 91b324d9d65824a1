import type { Column } from '#contract/contacts.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Keeps the member's columns, or forgets them. */
export async function setColumns(
  { tx, actor }: WriteContext,
  { items }: ParsedInput<'setColumns'>,
): Promise<{ items: Column[] | null }> {
  const { workspaceId, memberId } = actor
  if (items === null) {
    await tx
      .deleteFrom('contact_columns')
      .where('workspace_id', '=', workspaceId)
      .where('member_id', '=', memberId)
      .execute()
    return { items }
  }
  const keys = items.map(({ key }) => key)
  if (new Set(keys).size < keys.length) return refuse('items', 'repeated', 'Give each column once.')
  if (!keys.includes('name')) return refuse('items', 'missing-name', 'The name is always among the columns.')
  const columns = JSON.stringify(items)
  await tx
    .insertInto('contact_columns')
    .values({ workspace_id: workspaceId, member_id: memberId, columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet({ columns }))
    .execute()
  return { items }
}
