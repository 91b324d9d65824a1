/*
 * What stands behind the `?` of each page. A value that is not understood is dropped: an old link never breaks a page.
 * Checked by hand, since a schema library would weigh more than the rest of the router's own code.
 */
import type { ContactSort } from '#contract/contacts.ts'
import { sorts } from '#contract/field-words.ts'

type Search = Record<string, unknown>

function oneOf<const T extends string>(value: unknown, ...known: T[]): T | undefined {
  return known.find((one) => one === value)
}

function text(value: unknown, longest = 200): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined
}

function number(value: unknown): string | undefined {
  const words = text(value, 15)
  return words !== undefined && /^[1-9]\d*$/.test(words) ? words : undefined
}

/** Tabs of a contact's record; the first is shown where none is named. */
export type RecordTab = 'details' | 'channels' | 'activity'

const recordTab = (value: unknown): RecordTab | undefined => oneOf(value, 'details', 'channels', 'activity')

export interface InboxSearch {
  view?: 'mine' | 'unassigned' | 'all' | undefined
  status?: 'open' | 'snoozed' | 'closed' | undefined
  unread?: 'only' | undefined
  q?: string | undefined
  /** The record beside the thread. */
  drawer?: 'open' | undefined
  /** The record's tab. */
  tab?: RecordTab | undefined
}

export const inboxSearch = (search: Search): InboxSearch => ({
  view: oneOf(search['view'], 'mine', 'unassigned', 'all'),
  status: oneOf(search['status'], 'open', 'snoozed', 'closed'),
  unread: oneOf(search['unread'], 'only'),
  q: text(search['q']),
  drawer: oneOf(search['drawer'], 'open'),
  tab: recordTab(search['tab']),
})

function sortBy(value: unknown): ContactSort | undefined {
  const field = number(String(value).replace(/^#/, ''))
  return field !== undefined && value === `#${field}` ? `#${Number(field)}` : oneOf(value, ...sorts)
}

export interface ContactsSearch {
  q?: string | undefined
  sort?: ContactSort | undefined
  order?: 'asc' | 'desc' | undefined
  /** Conditions, as JSON. */
  filter?: string | undefined
  /** A segment's number. */
  segment?: string | undefined
  tab?: RecordTab | undefined
}

export const contactsSearch = (search: Search): ContactsSearch => ({
  q: text(search['q']),
  sort: sortBy(search['sort']),
  order: oneOf(search['order'], 'asc', 'desc'),
  filter: text(search['filter'], 8000),
  segment: number(search['segment']),
  tab: recordTab(search['tab']),
})

export interface MergeSearch {
  /** Who is to become one, two to ten numbers with commas between. */
  ids: string
  /** Where whoever came here was, with the first of the contacts open. */
  back?: 'inbox' | 'contacts' | 'duplicates' | 'home' | undefined
}

export const mergeSearch = (search: Search): MergeSearch => ({
  ids: text(search['ids']) ?? '',
  back: oneOf(search['back'], 'inbox', 'contacts', 'duplicates', 'home'),
})

export interface DuplicatesSearch {
  /** Suggestions unless said otherwise. */
  view?: 'told-apart' | 'shared' | undefined
  /** The tiers shown, as letters; the certain and the likely ones unless said otherwise. */
  tiers?: string | undefined
}

export const duplicatesSearch = (search: Search): DuplicatesSearch => ({
  view: oneOf(search['view'], 'told-apart', 'shared'),
  tiers: /^[ABC]{1,3}$/.test(text(search['tiers']) ?? '') ? text(search['tiers']) : undefined,
})

export interface BlockedSearch {
  q?: string | undefined
  /** Whose record is open, by number. */
  contact?: string | undefined
  tab?: RecordTab | undefined
}

export const blockedSearch = (search: Search): BlockedSearch => ({
  q: text(search['q']),
  contact: number(search['contact']),
  tab: recordTab(search['tab']),
})

export interface MergeHistorySearch {
  q?: string | undefined
  /** Whose merges, by the member's number. */
  by?: string | undefined
  /** Merges that a contact took part in. */
  contact?: string | undefined
}

export const mergeHistorySearch = (search: Search): MergeHistorySearch => ({
  q: text(search['q']),
  by: number(search['by']),
  contact: number(search['contact']),
})

export interface SignInSearch {
  /** Where to go afterwards: a path of ours, never another site. */
  to?: string | undefined
}

export const signInSearch = (search: Search): SignInSearch => {
  const to = text(search['to'], 1000)
  return { to: to && /^\/(?![/\\])/.test(to) ? to : undefined }
}

/** Address parameters are plain text, so that `?q=123` is the words "123". */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

export function stringifySearch(search: Search): string {
  const known = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const written = new URLSearchParams(known.map(([name, value]): [string, string] => [name, String(value)])).toString()
  return written && `?${written}`
}

export interface WorkflowSearch {
  tab?: 'runs' | undefined
}

export const workflowSearch = (search: Search): WorkflowSearch => ({ tab: oneOf(search['tab'], 'runs') })
