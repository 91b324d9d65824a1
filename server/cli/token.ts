import { createApiToken } from '../members/create-api-token.ts'
import { Refusal } from '../refusal.ts'
import { need, readArgs } from './read-args.ts'
import { withInstallation } from './with-installation.ts'

/** Prints a new API token and nothing else. */
export async function token(args: string[]): Promise<void> {
  const { values } = readArgs(args, { email: { type: 'string' }, workspace: { type: 'string' } })
  const email = need(values.email, '--email MEMBER')
  const workspaceId = values.workspace === undefined ? undefined : Number(values.workspace)
  if (workspaceId !== undefined && !Number.isSafeInteger(workspaceId)) throw new Refusal('--workspace takes a number.')
  console.log(await withInstallation((deps) => createApiToken(deps, { email, workspaceId })))
}
