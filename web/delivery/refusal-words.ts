import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { codeOf, explain, fieldProblems, reasonOf } from '../api/explain.ts'

/** Why something could not be done in a conversation and what would help, in words. */
export function refusalWords(error: unknown, i18n: I18n): string {
  if (codeOf(error) === 'BAD_REQUEST') return fieldWords(fieldProblems(error)[0]) ?? explain(error, i18n)
  return reasonWords(reasonOf(error) ?? '', i18n) ?? explain(error, i18n)

  function fieldWords(problem: { path: string; reason: string } | undefined): string | null {
    if (problem?.path === 'until' && problem.reason === 'past') return i18n._(msg`Choose a time to come.`)
    if (problem?.path === 'until') return i18n._(msg`Choose a time within a year.`)
    if (problem?.path === 'memberId') return i18n._(msg`This member wouldn't see the contact.`)
    if (problem?.path === 'mentions') return i18n._(msg`Mention only members who see this contact.`)
    if (problem?.path.startsWith('attachmentIds'))
      return i18n._(msg`A file is no longer there. Remove it and attach it again.`)
    if (problem?.path === 'body.text') return i18n._(msg`Write something or attach a file.`)
    return null
  }
}

/** The rule that stands against sending, in words; null for one that has none of its own. */
export function reasonWords(reason: string, i18n: I18n): string | null {
  switch (reason) {
    case 'no-channel':
      return i18n._(msg`Choose a channel first.`)
    case 'no-address':
      return i18n._(msg`There is no address to write to on this channel. Add a phone or an email to the contact.`)
    case 'only-contact-can-start':
      return i18n._(msg`The contact has to write first on this channel.`)
    case 'address-of-another':
      return i18n._(msg`This address belongs to another contact. They may be the same person.`)
    case 'channel-deleted':
      return i18n._(msg`The channel was removed. Use another channel.`)
    case 'channel-paused':
      return i18n._(msg`The channel is paused. Use another channel, or ask an owner to resume it.`)
    case 'not-on-channel':
      return i18n._(msg`The contact is no longer on this channel. Use another channel.`)
    case 'opted-out':
      return i18n._(
        msg`The contact wants no messages on this channel. Owners and managers can lift that in the record.`,
      )
    case 'marketing-stopped':
      return i18n._(msg`The contact stopped advertising from you. Send a template that doesn't advertise.`)
    case 'unsubscribed':
      return i18n._(msg`The contact has unsubscribed from automatic emails. Write to them yourself.`)
    case 'blocked':
      return i18n._(msg`The contact is blocked.`)
    case 'window-closed':
      return i18n._(
        msg`The time to answer is over. On WhatsApp send a template; elsewhere wait until the contact writes.`,
      )
    case 'too-many-files':
      return i18n._(msg`This channel takes one file per message.`)
    case 'too-long':
      return i18n._(msg`The text is too long for this channel. Send it in parts.`)
    case 'empty':
      return i18n._(msg`Write something or attach a file.`)
    case 'templates-not-here':
      return i18n._(msg`This channel has no templates.`)
    case 'template-without-files':
      return i18n._(msg`A template can't carry files.`)
    case 'template-missing':
      return i18n._(msg`This template no longer exists. Choose another.`)
    case 'template-incomplete':
      return i18n._(msg`Fill in every value of the template.`)
    case 'not-open':
      return i18n._(msg`The conversation is closed. Reopen it first.`)
    case 'not-empty':
      return i18n._(msg`There is something here already.`)
    default:
      return null
  }
}
