import { channels } from './channels.ts'
import { contacts } from './contacts.ts'
import { conversations } from './conversations.ts'
import { live } from './live.ts'
import { account, invitations, members, teams } from './members.ts'
import { workspaces } from './workspaces.ts'

/** Every endpoint of the application: drives the server, the web's client, the REST document and the sweeps. */
export const contract = {
  account,
  workspaces,
  members,
  invitations,
  teams,
  contacts,
  conversations,
  channels,
  live,
}
