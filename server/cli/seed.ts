import { makeSampleCompany } from '../sample/make-company.ts'
import { readArgs } from './read-args.ts'
import { withInstallation } from './with-installation.ts'

/** Adds a workspace with the sample company to this installation and prints its sign-ins. */
export async function seed(args: string[]): Promise<void> {
  readArgs(args, {})
  const { workspaceId, members } = await withInstallation((deps) => makeSampleCompany(deps))
  console.log(`The sample company is workspace ${workspaceId}. Sign in as:\n`)
  for (const { role, email, password } of members) console.log(`  ${role.padEnd(8)} ${email.padEnd(24)} ${password}`)
}
