import { apiTokenOf, workingTokens } from '../members/api-token-row.ts'
import { createApiToken } from '../members/create-api-token.ts'
import { findByAddress } from '../members/find-by-address.ts'
import { endApiToken } from '../members/revoke-api-token.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { Refusal } from '../refusal.ts'
import { need, readArgs } from './read-args.ts'
import { withInstallation } from './with-installation.ts'

interface Holder {
  readonly email: string
  readonly workspaceId: number | undefined
}

/** Prints a new API token and nothing else; or a member's tokens, a line each; or revokes one of them by its number. */
export async function token(args: string[]): Promise<void> {
  const { values } = readArgs(args, {
    email: { type: 'string' },
    workspace: { type: 'string' },
    name: { type: 'string' },
    list: { type: 'boolean' },
    revoke: { type: 'string' },
  })
  const holder = {
    email: need(values.email, '--email MEMBER'),
    workspaceId: readNumber(values.workspace, '--workspace'),
  }
  const name = values.name?.trim()
  if (name !== undefined && (name === '' || name.length > 80)) throw new Refusal('--name takes 1 to 80 characters.')
  const tokenId = readNumber(values.revoke, '--revoke')
  const lines = await withInstallation(async (deps) => {
    if (tokenId !== undefined) return revoke(deps, holder, tokenId)
    return values.list === true ? list(deps, holder) : [await createApiToken(deps, { ...holder, name })]
  })
  for (const line of lines) console.log(line)
}

function readNumber(value: string | undefined, option: string): number | undefined {
  const number = value === undefined ? undefined : Number(value)
  if (number !== undefined && !(Number.isSafeInteger(number) && number > 0))
    throw new Refusal(`${option} takes a number.`)
  return number
}

async function list({ db }: Deps, holder: Holder): Promise<string[]> {
  const { workspaceId, memberId } = await findByAddress(db, holder)
  const rows = await workingTokens(db, workspaceId).where('t.member_id', '=', memberId).execute()
  return rows
    .map(apiTokenOf)
    .map(({ id, name, ending, createdAt, lastUsedAt }) =>
      [
        id,
        name,
        `…${ending ?? ''}`,
        `made ${createdAt}`,
        lastUsedAt === null ? 'never used' : `used ${lastUsedAt}`,
      ].join('  '),
    )
}

async function revoke(deps: Deps, holder: Holder, tokenId: number): Promise<string[]> {
  const { workspaceId, memberId } = await findByAddress(deps.db, holder)
  const actor = { workspaceId, memberId, via: 'api' as const, ip: '' }
  await deps.db.transaction().execute(async (tx) => {
    const revoked = await endApiToken(tx, deps, actor, tokenId, (one) => one.memberId === memberId)
    if (revoked === null)
      throw new Refusal(`${holder.email} has no API token ${tokenId} that works. --list shows those they have.`)
    await notify(tx, [{ workspaceId, ...revoked }])
  })
  return [`API token ${tokenId} is revoked.`]
}
