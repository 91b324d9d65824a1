import { account, anyone, forAccount, forAnyone, forMember, reading, writing } from '../http/endpoint.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { accountSecurity } from './account-security.ts'
import { accountState } from './account-state.ts'
import { createTeam } from './create-team.ts'
import { endSessions } from './end-sessions.ts'
import { inviteMember } from './invite-member.ts'
import { listApiTokens } from './list-api-tokens.ts'
import { listInvitations } from './list-invitations.ts'
import { listMembers } from './list-members.ts'
import { listTeams } from './list-teams.ts'
import { removeMember } from './remove-member.ts'
import { removeTeam } from './remove-team.ts'
import { renameTeam } from './rename-team.ts'
import { renewInvitation } from './renew-invitation.ts'
import { revokeApiToken } from './revoke-api-token.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import { showInvitation } from './show-invitation.ts'
import { signUpFirst } from './sign-up-first.ts'
import { updateAccess } from './update-access.ts'
import { updateProfile } from './update-profile.ts'

export const accountRoutes = {
  state: forAnyone.account.state.handler(anyone(accountState)),
  signUpFirst: forAnyone.account.signUpFirst.handler(anyone(signUpFirst)),
  invitation: forAnyone.account.invitation.handler(anyone(showInvitation)),
  acceptInvitation: forAnyone.account.acceptInvitation.handler(anyone(acceptInvitation)),
  security: forAccount.account.security.handler(account(accountSecurity)),
  endSessions: forAccount.account.endSessions.handler(account(endSessions)),
}

export const memberRoutes = {
  list: forMember.members.list.handler(reading(listMembers)),
  updateAccess: forMember.members.updateAccess.handler(writing(updateAccess)),
  remove: forMember.members.remove.handler(writing(removeMember)),
  updateProfile: forMember.members.updateProfile.handler(writing(updateProfile)),
}

export const invitationRoutes = {
  list: forMember.invitations.list.handler(reading(listInvitations)),
  create: forMember.invitations.create.handler(writing(inviteMember)),
  renew: forMember.invitations.renew.handler(writing(renewInvitation)),
  revoke: forMember.invitations.revoke.handler(writing(revokeInvitation)),
}

export const apiTokenRoutes = {
  list: forMember.apiTokens.list.handler(reading(listApiTokens)),
  revoke: forMember.apiTokens.revoke.handler(writing(revokeApiToken)),
}

export const teamRoutes = {
  list: forMember.teams.list.handler(reading(listTeams)),
  create: forMember.teams.create.handler(writing(createTeam)),
  rename: forMember.teams.rename.handler(writing(renameTeam)),
  remove: forMember.teams.remove.handler(writing(removeTeam)),
}
