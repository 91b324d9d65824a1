import { useMutation, useMutationState } from '@tanstack/react-query'
import type { Message, ThreadItem } from '#contract/conversations.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { workspaceInUrl } from '../api/workspace-in-url.ts'
import { threadQuery } from './conversation-queries.ts'
import { changeDraft, type Draft } from './drafts.ts'

/** A message or note that has left the composer and is on its way to the server. */
export interface Sending {
  workspace: number
  contactId: number
  /** Where the draft stands, to give the words back if they are refused. */
  key: string
  draft: Draft
  /** The newest message that stood in the thread when it was sent; 0 where there was none. */
  after: number
  /** Made once: the same object again is how the server knows a repeated act. */
  act:
    | { type: 'note'; input: Parameters<typeof client.conversations.addNote>[0] }
    | { type: 'message'; input: Parameters<typeof client.conversations.send>[0] }
}

/** What a draft becomes when it is sent. */
export function sendingOf(
  draft: Draft,
  to: { workspace: number; contactId: number; key: string; channelId: number | null; mentions: number[] },
): Sending {
  const { workspace, contactId, key, channelId, mentions } = to
  return {
    workspace,
    contactId,
    key,
    draft,
    after: newestMessage(contactId),
    act: draft.isNote
      ? { type: 'note', input: { contactId, text: draft.note.trim(), mentions } }
      : {
          type: 'message',
          input: {
            contactId,
            channelId,
            body: { type: 'text', text: draft.text.trim(), subject: draft.subject.trim() || null },
            attachmentIds: draft.files.flatMap((file) => (file.attachment ? [file.attachment.id] : [])),
          },
        },
  }
}

const newestMessage = (contactId: number): number =>
  Math.max(
    0,
    ...(queryClient.getQueryData(threadQuery(contactId).queryKey)?.pages[0]?.items ?? []).map((item) =>
      item.type === 'message' ? item.message.id : 0,
    ),
  )

const mutationKey = (contactId: number) => ['conversations', 'sending', contactId]

/**
 * Sends what was written to one contact, in the order written, even while another conversation is open. What is refused
 * returns to the draft of the contact it was meant for, with the reason.
 */
export function useSend(contactId: number) {
  return useMutation({
    mutationKey: mutationKey(contactId),
    scope: { id: `sending ${contactId}` },
    mutationFn: deliver,
    onSuccess: (message, { contactId: to }) => {
      showAtOnce(to, message)
      void queryClient.invalidateQueries({ queryKey: api.conversations.list.key() })
      void queryClient.invalidateQueries({ queryKey: api.conversations.thread.key({ input: { contactId: to } }) })
    },
    onError: (error, { contactId: to, draft, key }) =>
      changeDraft(
        to,
        (now) => ({
          isNote: draft.isNote,
          text: join(draft.isNote ? '' : draft.text, now.text),
          note: join(draft.isNote ? draft.note : '', now.note),
          subject: now.subject || draft.subject,
          channelId: now.channelId ?? draft.channelId,
          files: draft.isNote ? now.files : [...draft.files, ...now.files],
          refusal: error,
        }),
        key,
      ),
  })
}

/** What is on its way to a contact now, oldest first. */
export function useSending(contactId: number): { id: number; sending: Sending; isPaused: boolean }[] {
  return useMutationState({
    filters: { mutationKey: mutationKey(contactId), status: 'pending' },
    select: (mutation) => ({
      id: mutation.mutationId,
      sending: mutation.state.variables as Sending,
      isPaused: mutation.state.isPaused,
    }),
  })
}

function deliver({ workspace, act }: Sending): Promise<Message> {
  // An attempt that waited for the network must not go out in a workspace entered meanwhile: numbers are per workspace.
  if (workspaceInUrl(location.pathname) !== workspace) return Promise.reject(new Error('another workspace is open'))
  return act.type === 'note' ? client.conversations.addNote(act.input) : client.conversations.send(act.input)
}

/** The answer stands in the thread before the thread is fetched again. */
function showAtOnce(contactId: number, message: Message): void {
  queryClient.setQueryData(threadQuery(contactId).queryKey, (old) => {
    const [first, ...rest] = old?.pages ?? []
    if (!old || !first) return old
    const isThere = first.items.some((item) => item.type === 'message' && item.message.id === message.id)
    if (isThere) return old
    const item: ThreadItem = { type: 'message', message }
    return { ...old, pages: [{ ...first, items: [item, ...first.items] }, ...rest] }
  })
}

const join = (one: string, other: string) => [one, other].filter((text) => text.trim() !== '').join('\n')
