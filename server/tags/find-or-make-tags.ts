import { sql } from 'kysely'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { makeTag } from './make-tag.ts'
import { tagNameKey } from './tag-name.ts'

/** The numbers of the tags of these names; one that nobody has made yet is made. */
export async function findOrMakeTags(context: WriteContext, names: readonly string[]): Promise<number[]> {
  const ids: number[] = []
  for (const name of names) ids.push(await findOrMake(context, name))
  return ids
}

async function findOrMake(context: WriteContext, name: string): Promise<number> {
  const { tx, actor } = context
  const find = async () => {
    const { rows } = await sql<{ id: number }>`
      select id from tag
      where workspace_id = ${actor.workspaceId} and name_key = ${tagNameKey(name)} and merged_into is null`.execute(tx)
    return rows[0]?.id ?? null
  }
  // somebody may have made it between our look and our try
  return (await find()) ?? (await makeTag(context, { name })) ?? (await find()) ?? fail('UNAVAILABLE')
}
