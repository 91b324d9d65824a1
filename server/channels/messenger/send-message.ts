import { z } from 'zod'
import type { Attempt, Outgoing } from '../adapter.ts'
import { endUnanswered } from '../end-attempt.ts'
import { endRefused, endUpload } from '../meta/end-attempt.ts'
import type { Graph, GraphAnswer } from '../meta/graph.ts'
import { planMessage, type MediaType } from './plan-message.ts'
import { planUpload } from './plan-upload.ts'
import type { PlatformLine, PlatformSettings } from './settings.ts'
import { translateError } from './translate-error.ts'

const Accepted = z.object({ message_id: z.string().min(1) })
const Uploaded = z.object({ attachment_id: z.union([z.string().min(1), z.number()]).transform(String) })

/** One attempt: the file first, by itself harmless to repeat, then the message, which may not be repeated blindly. */
export async function sendMessage(
  graph: Graph,
  line: PlatformLine,
  message: Outgoing,
  signal: AbortSignal,
): Promise<Attempt> {
  const upload = await uploadFile(graph, line.settings, message, signal)
  if ('outcome' in upload) return upload
  let answer: GraphAnswer
  try {
    const request = planMessage(line, message, upload.attachment, new Date())
    answer = await graph.post(`${line.settings.pageId}/messages`, request, signal)
  } catch (error) {
    return endUnanswered(error, 'sending')
  }
  if (!answer.ok) return endRefused(answer, translateError)
  const accepted = Accepted.safeParse(answer.body).data
  if (accepted === undefined) return { outcome: 'unknown', detail: 'Meta answered without the message’s id.' }
  return { outcome: 'accepted', extId: accepted.message_id }
}

/**
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets, the same
 * for Instagram in …/instagram-messaging/features/attachment-upload
 */
async function uploadFile(
  graph: Graph,
  { kind, pageId }: PlatformSettings,
  message: Outgoing,
  signal: AbortSignal,
): Promise<{ attachment: { id: string; type: MediaType } | null } | Attempt> {
  const file = message.files[0]
  if (file === undefined) return { attachment: null }
  const plan = planUpload(kind, file)
  if ('refused' in plan) return { outcome: 'failed', code: plan.refused, detail: null }
  const { type } = plan
  const form = new FormData()
  if (kind === 'instagram') form.set('platform', kind)
  form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }))
  const bytes = new Uint8Array(await message.openFile(file.id))
  form.set('filedata', new Blob([bytes], { type: file.type }), file.name)
  try {
    const answer = await graph.post(`${pageId}/message_attachments`, form, signal)
    if (!answer.ok) return endUpload(answer, translateError)
    const uploaded = Uploaded.safeParse(answer.body).data
    return uploaded === undefined
      ? { outcome: 'retry', code: 'provider-unavailable', detail: 'Meta took the file without giving an id.' }
      : { attachment: { id: uploaded.attachment_id, type } }
  } catch (error) {
    return endUnanswered(error, 'preparing')
  }
}
