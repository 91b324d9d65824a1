import { makeResetLink } from '../members/make-reset-link.ts'
import { need, readArgs } from './read-args.ts'
import { withInstallation } from './with-installation.ts'

/** Prints a link that sets a new password: for an installation without mail, or somebody locked out. */
export async function resetPassword(args: string[]): Promise<void> {
  const { values } = readArgs(args, { email: { type: 'string' }, 'drop-second-factor': { type: 'boolean' } })
  const email = need(values.email, '--email MEMBER')
  console.log(
    await withInstallation((deps) =>
      makeResetLink(deps, { email, dropSecondFactor: values['drop-second-factor'] ?? false }),
    ),
  )
}
