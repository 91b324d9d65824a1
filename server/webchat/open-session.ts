import { randomUUID } from 'node:crypto'
import type { LinkFile } from '../channels/file-link.ts'
import { readIdentity, type IdentityProblem } from '../channels/webchat/read-identity.ts'
import { makeToken, tokenDays, type Visitor, type VisitorProfile } from '../channels/webchat/visitor-token.ts'
import type { Deps } from '../deps.ts'
import { fail } from '../http/fail.ts'
import { endToken } from './end-token.ts'
import type { Caller } from './find-caller.ts'
import { listMessages, type VisitorMessage } from './list-messages.ts'

/** How the widget looks and what it begins with. */
export interface Session {
  /** Null: the site has to vouch for whoever writes here, and has not. */
  readonly token: string | null
  readonly isIdentified: boolean
  /** The site names somebody else than whose token came along: what was theirs is not to be sent or shown any more. */
  readonly isSomebodyElse: boolean
  /** Why the site's word was not believed; told to its developers, in the console. */
  readonly problem: IdentityProblem | null
  /** Nothing is taken for the moment; who has written before sees what was said. */
  readonly isPaused: boolean
  readonly title: string
  readonly welcome: string
  readonly color: string
  readonly messages: readonly VisitorMessage[]
  readonly hasMore: boolean
}

/**
 * Begins or goes on: with the token that was given, where it is still good; as whom the site vouches for; else as somebody
 * new, of whom nothing is written down before they write. Whoever is known now is no longer the one whom nobody knew: that
 * token ends, and what was said under it stays apart.
 */
export async function openSession(
  deps: Pick<Deps, 'db' | 'clock'>,
  { line, isPaused }: Caller,
  linkFile: LinkFile,
  { known, given, identity }: { known: Visitor | null; given: string | null; identity: string | null },
): Promise<Session> {
  const { title, welcome, color, identifiedOnly } = line.settings
  const now = deps.clock.now()
  const read = identity === null ? null : readIdentity(line.secrets?.['identitySecret'] ?? '', identity, now)
  const said = read !== null && 'identity' in read ? read.identity : null
  const problem = read !== null && 'problem' in read ? read.problem : null
  const isSomebodyElse = said !== null && known !== null && known.address !== said.address
  const look = { title, welcome, color, problem, isSomebodyElse, isPaused }
  const make = (address: string, profile: VisitorProfile | null) =>
    makeToken(line.secrets?.['visitorKey'] ?? '', { address, profile }, now).token

  if (isSomebodyElse) await endToken(deps, line, known.nonce)
  const goesOn = known !== null && !isSomebodyElse && problem === null
  const address = said?.address ?? (goesOn ? known.address : null)
  if (address === null && identifiedOnly)
    return { ...look, token: null, isIdentified: false, messages: [], hasMore: false }
  const isOld = goesOn && now.getTime() / 1000 - known.issuedAt > (tokenDays / 2) * 86_400
  const keeps = goesOn && !isOld && (said === null || sameProfile(said.profile, known.profile))
  const token = keeps ? given : make(address ?? `v:${randomUUID()}`, said?.profile ?? (goesOn ? known.profile : null))
  const { items, hasMore } =
    address === null ? { items: [], hasMore: false } : await listMessages(deps.db, { line, linkFile }, { address })
  // nobody begins where nobody listens
  if (isPaused && items.length === 0) return fail('NOT_FOUND')
  return { ...look, token, isIdentified: address?.startsWith('u:') ?? false, messages: items, hasMore }
}

const sameProfile = (a: VisitorProfile, b: VisitorProfile | null) =>
  a.name === b?.name && a.email === b.email && a.phone === b.phone
