import type { QueryKey } from '@tanstack/react-query'
import type { LiveEvent } from '#contract/live.ts'
import { api } from './client.ts'

/** Which of what the browser knows an event makes stale; 'all' after a gap. */
export function staleAfter(event: LiveEvent): QueryKey[] | 'all' {
  switch (event.type) {
    case 'ready':
      return 'all'
    case 'contact':
      if (event.cause === 'held')
        return [api.contacts.get.key({ input: { contactId: event.contactId } }), api.blocking.key()]
      return [
        api.contacts.get.key({ input: { contactId: event.contactId } }),
        api.activity.ofContact.key({ input: { contactId: event.contactId } }),
        api.workflows.runsOfContact.key({ input: { contactId: event.contactId } }),
        api.workflows.run.key(),
        api.contacts.list.key(),
        api.conversations.list.key(),
        api.workspaces.get.key(),
        api.merging.plan.key(),
        api.merging.undoPlan.key(),
        ...afterMerging(event.cause),
        ...afterBlocking(event.cause, event.contactId),
        // the thread tells of a channel that is taken off or given back
        ...(event.cause.startsWith('contactChannel')
          ? [api.conversations.thread.key({ input: { contactId: event.contactId } })]
          : []),
      ]
    case 'conversation':
      return [
        ...(event.cause === 'read' ? [] : [api.conversations.thread.key({ input: { contactId: event.contactId } })]),
        api.conversations.list.key(),
        api.conversations.counts.key(),
        api.contacts.get.key({ input: { contactId: event.contactId } }),
        ...(event.cause === 'read'
          ? []
          : [api.contacts.list.key(), api.activity.ofContact.key({ input: { contactId: event.contactId } })]),
        ...(event.cause === 'status' ? [api.conversations.undelivered.key(), api.channels.health.key()] : []),
      ]
    case 'channel':
      return [api.channels.key(), api.audit.key(), api.contacts.get.key(), api.workspaces.get.key()]
    case 'members':
      return [
        api.members.key(),
        api.teams.key(),
        api.invitations.key(),
        api.apiTokens.key(),
        api.audit.key(),
        api.workspaces.get.key(),
        // whoever is removed leaves their contacts to nobody
        api.contacts.get.key(),
        api.contacts.list.key(),
        api.contacts.count.key(),
        api.activity.ofContact.key(),
        api.conversations.list.key(),
        api.conversations.counts.key(),
      ]
    case 'tags':
      return [api.tags.list.key(), api.audit.key(), api.contacts.get.key(), api.contacts.list.key()]
    case 'fields':
      return [api.fields.list.key(), api.audit.key(), api.contacts.get.key()]
    case 'lifecycle':
      return [
        api.lifecycle.list.key(),
        api.audit.key(),
        api.fields.list.key(),
        api.contacts.get.key(),
        api.contacts.list.key(),
      ]
    case 'notifications':
      return [api.notifications.list.key(), api.notifications.unread.key()]
    case 'segments':
      return [api.segments.list.key(), api.audit.key()]
    case 'workflows':
      return [
        api.workflows.key(),
        api.audit.key(),
        ...(event.workflowId === null
          ? [api.contacts.get.key(), api.contacts.list.key(), api.activity.ofContact.key()]
          : []),
      ]
    case 'bulk':
      return [
        api.bulk.key(),
        api.audit.key(),
        api.exports.key(),
        api.contacts.get.key(),
        api.contacts.list.key(),
        api.contacts.count.key(),
        api.activity.key(),
        api.conversations.list.key(),
        api.conversations.counts.key(),
      ]
    case 'import':
      return [api.imports.key(), api.contacts.list.key(), api.contacts.count.key()]
    case 'importPlan':
      return [api.imports.getPlan.key()]
    case 'workspace':
      return [api.workspaces.key(), api.audit.key(), api.conversations.closingNotes.key()]
  }
}

/** Whose numbers now lead elsewhere is not said, so every record on show asks again; so does whatever lists suggestions. */
function afterMerging(cause: string): QueryKey[] {
  if (cause === 'suggestions') return [api.duplicates.key()]
  if (cause !== 'merged' && cause !== 'unmerged') return []
  return [
    api.duplicates.key(),
    api.merging.key(),
    api.contacts.get.key(),
    api.activity.ofContact.key(),
    api.conversations.thread.key(),
    api.conversations.counts.key(),
  ]
}

function afterBlocking(cause: string, contactId: number): QueryKey[] {
  if (cause !== 'blocked' && cause !== 'unblocked') return []
  return [
    api.blocking.key(),
    api.duplicates.key(),
    api.conversations.thread.key({ input: { contactId } }),
    api.conversations.counts.key(),
  ]
}
