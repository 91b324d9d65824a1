import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useCustomField, useFieldName } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import type { ActivityEntry } from './plan-activity.ts'

/** What happened, in a few words without who. */
export function useEntryTitle({ events, lead }: ActivityEntry): string {
  const { t } = useLingui()
  const { dateTime, list } = useFormats()
  const fieldName = useRecordedFieldName()
  const namesOf = (contacts: readonly { contactId: number; name: string | null }[]) =>
    list(contacts.map(({ contactId, name }) => name ?? `ID ${contactId}`))
  const count = events.length
  switch (lead.kind) {
    case 'contactCreated':
      return t`Contact added`
    case 'fieldChanged': {
      if (count > 1) return t`${plural(count, { one: '# field changed', other: '# fields changed' })}`
      const field = fieldName(lead.data)
      if (lead.data.from === null) return t`${field} added`
      return lead.data.to === null ? t`${field} removed` : t`${field} changed`
    }
    case 'alternateRemoved': {
      const { field, name } = lead.data
      if (field === 'phone') return t`Other phone removed`
      if (field === 'email') return t`Other email removed`
      const custom = fieldName({ field, name })
      return t`Other value of ${custom} removed`
    }
    case 'tagAdded':
      return t`${plural(count, { one: 'Tag added', other: '# tags added' })}`
    case 'tagRemoved':
      return t`${plural(count, { one: 'Tag removed', other: '# tags removed' })}`
    case 'assigned':
      return t`Contact assigned`
    case 'unassigned':
      return t`Left unassigned`
    case 'opened':
      return t`Conversation opened`
    case 'closed':
      return t`Conversation closed`
    case 'snoozed': {
      const until = dateTime(lead.data.until)
      return t`Snoozed until ${until}`
    }
    case 'unsnoozed':
      if (lead.data.cause === 'message') return t`Back in the Inbox: there is a new message`
      return lead.data.cause === 'time' ? t`Back in the Inbox: the time has come` : t`Back in the Inbox`
    case 'contactChannelAdded':
      return t`Channel added`
    case 'contactChannelRemoved':
      return t`Channel removed`
    case 'contactChannelRestored':
      return t`Channel restored`
    case 'merged': {
      const others = namesOf(lead.data.absorbed ?? (lead.data.into ? [lead.data.into] : []))
      return lead.data.absorbed ? t`Merged with ${others}` : t`Became part of ${others}`
    }
    case 'unmerged': {
      const others = namesOf(lead.data.returned ?? (lead.data.outOf ? [lead.data.outOf] : []))
      return t`The merge with ${others} was undone`
    }
    case 'toldApart': {
      const other = lead.data.contactId
      return t`Not the same person as contact ${other}`
    }
    case 'toldApartUndone': {
      const other = lead.data.contactId
      return t`Perhaps the same person as contact ${other} after all`
    }
    case 'workflowStarted': {
      const { name } = lead.data
      return t`Entered the workflow ${name}`
    }
    case 'workflowEnded': {
      const { name, end } = lead.data
      return end === 'finished' || end === 'stopStep' ? t`Finished the workflow ${name}` : t`Left the workflow ${name}`
    }
    case 'optedOut': {
      const { channelName: channel, marketing } = lead.data
      if (marketing) return t`Wants no advertising by ${channel ?? ''}`
      return channel === null ? t`Wants no messages at all` : t`Wants no messages by ${channel}`
    }
    case 'optedIn': {
      const { channelName: channel, marketing } = lead.data
      if (marketing) return t`Can be sent advertising by ${channel ?? ''} again`
      return channel === null ? t`Can be written to again` : t`Can be written to by ${channel} again`
    }
    case 'blocked':
      return t`Contact blocked`
    case 'unblocked':
      return t`Contact unblocked`
  }
}

/** A custom field by its present name, one that is gone by the name it had. */
export function useRecordedFieldName(): (data: { field: string; name?: string | undefined }) => string {
  const { t } = useLingui()
  const fieldName = useFieldName()
  const customField = useCustomField()
  return ({ field, name }) => {
    if (field === 'profileName') return t`Name on the channel`
    return customField(field)?.name ?? name ?? fieldName(field)
  }
}
