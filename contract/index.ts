import { activity } from './activity.ts'
import { audit } from './audit.ts'
import { blocking } from './blocking.ts'
import { bulk } from './bulk.ts'
import { channels } from './channels.ts'
import { contactChannels } from './contact-channels.ts'
import { contacts } from './contacts.ts'
import { conversations } from './conversations.ts'
import { dashboard } from './dashboard.ts'
import { deletion } from './deletion.ts'
import { duplicates } from './duplicates.ts'
import { exports } from './exports.ts'
import { fields } from './fields.ts'
import { lifecycle } from './lifecycle.ts'
import { imports } from './imports.ts'
import { live } from './live.ts'
import { account, apiTokens, invitations, members, teams } from './members.ts'
import { merging } from './merging.ts'
import { notifications } from './notifications.ts'
import { optOuts } from './opt-outs.ts'
import { segments } from './segments.ts'
import { tags } from './tags.ts'
import { usage } from './usage.ts'
import { workflows } from './workflows.ts'
import { workspaces } from './workspaces.ts'

/** Every endpoint of the application: drives the server, the web's client, the REST document and the sweeps. */
export const contract = {
  account,
  workspaces,
  members,
  invitations,
  teams,
  apiTokens,
  tags,
  fields,
  lifecycle,
  contacts,
  contactChannels,
  segments,
  conversations,
  channels,
  duplicates,
  optOuts,
  blocking,
  merging,
  bulk,
  exports,
  imports,
  deletion,
  dashboard,
  usage,
  activity,
  audit,
  notifications,
  workflows,
  live,
}
