import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'

export type FieldErrors = ReadonlyMap<string, string>

/**
 * What is wrong with each field, by its name in the settings (`smtp.host`); the channel's own name is `name`.
 * @param lacking the fields that are empty and must not be
 */
export function explainFields(error: unknown, lacking: readonly string[], i18n: I18n): FieldErrors {
  const needed = lacking.map((path) => ({ path, reason: 'required' }))
  return new Map(
    [...needed, ...fieldProblems(error)].map((problem) => [
      problem.path.replace(/^settings\./, ''),
      explainField(problem, i18n),
    ]),
  )
}

/** What stands against the whole; null where the fields say it. */
export function explainRefusal(error: unknown, shown: FieldErrors, i18n: I18n): string | null {
  if (!error || shown.size > 0) return null
  return reasonOf(error) === 'line-already-connected'
    ? i18n._(msg`This is connected already. Each number, page and mailbox is connected once.`)
    : explain(error, i18n)
}

function explainField(problem: { path: string; reason: string; fix?: string }, i18n: I18n): string {
  const { reason } = problem
  const path = problem.path.replace(/^settings\./, '')
  const fix = problem.fix ?? ''
  if (path.startsWith('origins'))
    return i18n._(msg`Write whole addresses, one a line, like https://www.example.com; 20 at most.`)
  if (reason === 'required') return i18n._(msg`This is needed.`)
  switch (path) {
    case 'name':
      return i18n._(msg`Give it a name of up to 60 characters.`)
    case 'phoneNumberId':
    case 'businessAccountId':
    case 'pageId':
    case 'instagramId':
      return i18n._(msg`An ID has digits only, between 5 and 25.`)
    case 'accountSid':
      return i18n._(msg`An account SID begins with AC and has 34 characters.`)
    case 'sender':
      return i18n._(msg`Write the number with its country code, like +34600000142, or a messaging service's SID (MG…).`)
    case 'botToken':
      return i18n._(msg`A token is a number, a colon and 35 characters. Copy it once more from @BotFather.`)
    case 'authToken':
    case 'accessToken':
    case 'appSecret':
      return reason === 'spaces'
        ? i18n._(msg`There is a space or a line break in it. Copy it once more.`)
        : i18n._(msg`This is not what the provider shows. Copy it once more.`)
    case 'apiBaseUrl':
      if (reason === 'credentials') return i18n._(msg`Leave user and password out of the address.`)
      return reason === 'query'
        ? i18n._(msg`The address ends before any ? or #: ${fix}`)
        : i18n._(msg`Write a whole address, like https://bridge.example.com.`)
    case 'color':
      return i18n._(msg`Choose a colour.`)
    case 'address':
      return i18n._(msg`Write a plain email address, like ana@example.com.`)
    case 'smtp.host':
    case 'imap.host':
      return i18n._(msg`Only the name of the server, like mail.example.com.`)
    case 'smtp.port':
    case 'imap.port':
      return i18n._(msg`A number up to 65535.`)
    case 'smtp.security':
    case 'imap.security':
      return i18n._(msg`Without encryption only a server on your own network can be used.`)
    default:
      return i18n._(msg`This isn't right.`)
  }
}
