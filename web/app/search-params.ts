import * as z from 'zod/mini'

/** A value of the address that is dropped when it is not understood: an old link never breaks a page. */
// oxlint-disable-next-line promise/valid-params -- z.catch is no promise
const maybe = <T extends z.ZodMiniType>(type: T) => z.catch(z.optional(type), undefined)

/** `drawer=open` shows the record beside the page; `tab` chooses its tab. */
const record = {
  drawer: maybe(z.literal('open')),
  tab: maybe(z.enum(['details'])),
}

export const InboxSearch = z.object({
  view: maybe(z.enum(['mine', 'unassigned', 'all'])),
  status: maybe(z.enum(['open', 'snoozed', 'closed'])),
  unread: maybe(z.literal('only')),
  q: maybe(z.string().check(z.maxLength(200))),
  ...record,
})

export const ContactsSearch = z.object({
  q: maybe(z.string().check(z.maxLength(200))),
  sort: maybe(z.enum(['added', 'name', 'lastMessage'])),
  tab: record.tab,
})

export const SignInSearch = z.object({
  /** Where to go afterwards: a path of ours, never another site. */
  to: maybe(z.string().check(z.regex(/^\/(?!\/|\\)/))),
})

export const ResetSearch = z.object({ token: maybe(z.string()), error: maybe(z.string()) })

/** Address parameters are plain text, so that `?q=123` is the words "123". */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

export function stringifySearch(search: Record<string, unknown>): string {
  const known = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(known.map(([name, value]): [string, string] => [name, String(value)])).toString()
  return text && `?${text}`
}
