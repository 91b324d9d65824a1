import { useSyncExternalStore } from 'react'
import type { Attachment } from '#contract/conversations.ts'
import { workspaceInUrl } from '../api/workspace-in-url.ts'

/** A file chosen for a message: on its way up, there, or refused (`problem` = its code). */
export interface DraftFile {
  key: string
  name: string
  size: number
  /** From 0 to 1. */
  progress: number
  attachment: Attachment | null
  problem: string | null
}

/** What has been written to a contact and not been sent. */
export interface Draft {
  isNote: boolean
  text: string
  note: string
  subject: string
  /** The channel chosen; null leaves it to the one last heard from. */
  channelId: number | null
  files: readonly DraftFile[]
  /** Why the last attempt was refused. */
  refusal: unknown
  /** Whoever chose the channel elsewhere is about to type. */
  wantsCaret: boolean
}

const empty: Draft = {
  isNote: false,
  text: '',
  note: '',
  subject: '',
  channelId: null,
  files: [],
  refusal: null,
  wantsCaret: false,
}

/*
 * Drafts live outside of what is shown, one per contact, so that switching conversations in the middle of anything (an
 * upload, a refused message coming back) never brings words or files to another person.
 */
const drafts = new Map<string, Draft>()
const listeners = new Set<() => void>()
const keyOf = (contactId: number) => `ficha.draft.${workspaceInUrl(location.pathname) ?? 0}.${contactId}`

/** The draft to a contact, kept over a reload of the tab. `key` is made once, in the workspace it belongs to. */
export function draftOf(contactId: number, key = keyOf(contactId)): Draft {
  const known = drafts.get(key)
  if (known) return known
  const read = readDraft(key)
  drafts.set(key, read)
  return read
}

/** Changes the draft to a contact, whichever conversation is open by now. */
export function changeDraft(contactId: number, change: (draft: Draft) => Partial<Draft>, key = keyOf(contactId)): void {
  const old = draftOf(contactId, key)
  const next = { ...old, ...change(old) }
  drafts.set(key, next)
  keepDraft(key, next)
  for (const listener of listeners) listener()
}

/** A message to a contact begins by this channel, from wherever on the page: the composer takes it up with the caret in it. */
export function beginMessage(contactId: number, channelId: number): void {
  changeDraft(contactId, () => ({ channelId, isNote: false, refusal: null, wantsCaret: true }))
}

/** What was being written to a contact goes on to the one that has absorbed it, unless something stands there already. */
export function moveDraft(from: number, to: number): void {
  const draft = draftOf(from)
  if (isBlank(draft) || !isBlank(draftOf(to))) return
  changeDraft(to, () => ({ ...draft, channelId: null }))
  changeDraft(from, () => empty)
}

/** The place of a contact's draft, to hold on to while the page may move to another workspace. */
export const draftKey = keyOf

export function useDraft(contactId: number): Draft {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => draftOf(contactId),
  )
}

/** Is there anything in it that would be missed? */
export const isBlank = (draft: Draft) =>
  draft.text.trim() === '' && draft.note.trim() === '' && draft.files.length === 0

function readDraft(key: string): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Draft> | null
    return kept ? { ...empty, ...kept } : empty
  } catch {
    return empty
  }
}

function keepDraft(key: string, draft: Draft): void {
  try {
    if (isBlank(draft) && draft.subject === '') return sessionStorage.removeItem(key)
    const files = draft.files.filter((file) => file.attachment !== null)
    sessionStorage.setItem(key, JSON.stringify({ ...draft, files, refusal: null, wantsCaret: false }))
  } catch {
    // Storage may be closed or full; the draft then lasts until reload.
  }
}
