import { z } from 'zod'
import { reads, writes } from './base.ts'
import { restrictions, roles } from './policy.ts'
import { Country, Id, Nothing, Timestamp, UiLanguage, name, text } from './primitives.ts'
import { TimeZone } from './workspaces.ts'

const role = z.enum(roles)
const restrictionList = z.array(z.enum(restrictions)).max(restrictions.length)
const access = { role, restrictions: restrictionList, teamId: Id.nullable() }
const email = text(254, 3)
const password = z.string().min(10).max(128)

export const Member = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  ...access,
  joinedAt: Timestamp,
  /** May the one who asks change this member's access, or remove them? */
  manageable: z.boolean(),
})
export type Member = z.infer<typeof Member>

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  ...access,
  invitedBy: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  /** Shown once, and only where the system has no mail of its own to send it by. */
  link: z.string().nullable(),
})
export type Invitation = z.infer<typeof Invitation>

export const ApiToken = z.object({
  id: Id,
  name: z.string(),
  /** Whom it acts as. */
  memberId: Id,
  memberName: z.string(),
  /** Its last characters; null for one made before they were kept. */
  ending: z.string().nullable(),
  createdAt: Timestamp,
  /** To the minute; null: never. */
  lastUsedAt: Timestamp.nullable(),
})
export type ApiToken = z.infer<typeof ApiToken>

export const Team = z.object({ id: Id, name: z.string(), members: z.number().int() })
export type Team = z.infer<typeof Team>

/** Sign-in, sign-out, password and second factor are the sign-in library's own endpoints below `/auth`. */
export const account = {
  /** What the sign-in screens need to know: is this the very first run, can the system send mail? */
  state: reads('public', '/account/state').output(
    z.object({ firstRun: z.boolean(), mail: z.boolean(), signedIn: z.boolean() }),
  ),
  /** The first Owner, their workspace; refused (409 `not-first-run`) once anybody has an account. Signs in by cookie. */
  signUpFirst: writes('public', '/account/first')
    .input(
      z.object({
        name: name(80),
        email,
        password,
        workspaceName: name(80),
        defaultCountry: Country.nullable(),
        timeZone: TimeZone,
        language: UiLanguage,
      }),
    )
    .output(z.object({ workspaceId: Id })),
  /** What an invitation link shows before it is accepted; 404 when it is used, revoked or too old. */
  invitation: reads('public', '/account/invitations/{token}')
    .input(z.object({ token: text(100, 20) }))
    .output(
      z.object({
        workspaceName: z.string(),
        email: z.string(),
        role,
        invitedBy: z.string(),
        /** An account with this address exists: sign in to accept; otherwise name and password make one. */
        hasAccount: z.boolean(),
        signedInAs: z.string().nullable(),
      }),
    ),
  /** How the signed-in person's account is protected, and where it is signed in. */
  security: reads('account', '/account/security').output(
    z.object({
      email: z.string(),
      secondFactor: z.boolean(),
      sessions: z.array(
        z.object({
          id: z.string(),
          ip: z.string().nullable(),
          userAgent: z.string().nullable(),
          createdAt: Timestamp,
          /** To the day. */
          seenAt: Timestamp,
          current: z.boolean(),
        }),
      ),
    }),
  ),
  /** Signs out one browser, or every one but this. */
  endSessions: writes('account', '/account/sessions/end')
    .input(z.object({ sessionId: text(100, 1).nullable() }))
    .output(Nothing),
  acceptInvitation: writes('public', '/account/invitations/{token}/accept')
    .input(z.object({ token: text(100, 20), name: name(80).optional(), password: password.optional() }))
    .output(z.object({ workspaceId: Id })),
}

export const members = {
  list: reads('workspace.view', '/members').output(z.object({ items: z.array(Member) })),
  updateAccess: writes('members.manage', '/members/{memberId}/access', 'PUT')
    .input(z.object({ memberId: Id, ...access }))
    .output(Member),
  /** Their contacts become unassigned, their sessions here and tokens end, their name stays in the history. */
  remove: writes('members.manage', '/members/{memberId}', 'DELETE')
    .input(z.object({ memberId: Id }))
    .output(Nothing),
  updateProfile: writes('workspace.view', '/members/me', 'PATCH')
    .input(z.object({ name: name(80) }))
    .output(Member),
}

export const invitations = {
  list: reads('members.manage', '/invitations').output(z.object({ items: z.array(Invitation) })),
  create: writes('members.manage', '/invitations')
    .input(z.object({ email, ...access }))
    .output(Invitation),
  /** A new link with a new term; the old link is dead. */
  renew: writes('members.manage', '/invitations/{invitationId}/renew')
    .input(z.object({ invitationId: Id }))
    .output(Invitation),
  revoke: writes('members.manage', '/invitations/{invitationId}', 'DELETE')
    .input(z.object({ invitationId: Id }))
    .output(Nothing),
}

/** Programs that act as a member; made at the command line (`npm run ficha -- token`). */
export const apiTokens = {
  /** Tokens that work, newest first: one’s own, and for whoever handles integrations everybody’s. */
  list: reads('apiTokens.handle', '/tokens').output(z.object({ items: z.array(ApiToken) })),
  /** It answers 401 from now on. NOT_FOUND: it is revoked already, or not for this member to see. */
  revoke: writes('apiTokens.handle', '/tokens/{tokenId}', 'DELETE')
    .input(z.object({ tokenId: Id }))
    .output(Nothing),
}

export const teams = {
  list: reads('workspace.view', '/teams').output(z.object({ items: z.array(Team) })),
  create: writes('teams.manage', '/teams')
    .input(z.object({ name: name(60) }))
    .output(Team),
  rename: writes('teams.manage', '/teams/{teamId}', 'PATCH')
    .input(z.object({ teamId: Id, name: name(60) }))
    .output(Team),
  remove: writes('teams.manage', '/teams/{teamId}', 'DELETE')
    .input(z.object({ teamId: Id }))
    .output(Nothing),
}
