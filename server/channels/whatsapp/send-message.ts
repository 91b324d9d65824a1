import { z } from 'zod'
import type { Attempt, Outgoing } from '../adapter.ts'
import { endUnanswered } from '../end-attempt.ts'
import { endRefused, endUpload } from '../meta/end-attempt.ts'
import type { Graph, GraphAnswer } from '../meta/graph.ts'
import { mediaTypeOf, planMessage } from './plan-message.ts'
import { translateError } from './translate-error.ts'

const Accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })
const Uploaded = z.object({ id: z.string().min(1) })

/** One attempt: the file first, by itself harmless to repeat, then the message, which may not be repeated blindly. */
export async function sendMessage(
  graph: Graph,
  phoneNumberId: string,
  message: Outgoing,
  signal: AbortSignal,
): Promise<Attempt> {
  const upload = await uploadFile(graph, phoneNumberId, message, signal)
  if ('outcome' in upload) return upload
  let answer: GraphAnswer
  try {
    answer = await graph.post(`${phoneNumberId}/messages`, planMessage(message, upload.mediaId), signal)
  } catch (error) {
    return endUnanswered(error, 'sending')
  }
  if (!answer.ok) return endRefused(answer, translateError)
  const accepted = Accepted.safeParse(answer.body).data
  if (accepted === undefined) return { outcome: 'unknown', detail: 'WhatsApp answered without the message’s id.' }
  return { outcome: 'accepted', extId: accepted.messages[0]!.id }
}

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media (upload) */
async function uploadFile(
  graph: Graph,
  phoneNumberId: string,
  message: Outgoing,
  signal: AbortSignal,
): Promise<{ mediaId: string | null } | Attempt> {
  const file = message.files[0]
  if (file === undefined) return { mediaId: null }
  const type = uploadTypeOf(message, file)
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', type)
  form.set('file', new Blob([new Uint8Array(await message.openFile(file.id))], { type }), file.name)
  try {
    const answer = await graph.post(`${phoneNumberId}/media`, form, signal)
    if (!answer.ok) return endUpload(answer, translateError)
    const uploaded = Uploaded.safeParse(answer.body).data
    return uploaded === undefined
      ? { outcome: 'retry', code: 'provider-unavailable', detail: 'WhatsApp took the file without giving an id.' }
      : { mediaId: uploaded.id }
  } catch (error) {
    return endUnanswered(error, 'preparing')
  }
}

/** What a file is called on the way up: WhatsApp takes one kind of Ogg, and of all texts only plain ones. */
function uploadTypeOf({ body }: Outgoing, file: Outgoing['files'][number]): string {
  const sound = mediaTypeOf(file, body.type === 'text' ? body.text : '') === 'audio'
  if (sound && file.type === 'audio/ogg') return 'audio/ogg; codecs=opus'
  return file.type.startsWith('text/') ? 'text/plain' : file.type
}
