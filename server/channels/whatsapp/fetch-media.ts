import { z } from 'zod'
import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { Graph } from '../meta/graph.ts'
import { translateError } from './translate-error.ts'

/** WhatsApp carries documents of 100 MB; we keep half of that, in memory while it is stored. */
export const maxMediaBytes = 50_000_000

const Found = z.object({ url: z.string(), file_size: z.coerce.number().optional().catch(undefined) })

/**
 * Fetches a file that came with a message: its id gives an address that holds for five minutes, the address gives the bytes.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 * @throws ProviderRefusal (`gone`, `too-large` are final), OutgoingFailure when there is no answer
 */
export async function fetchMedia(
  graph: Graph,
  phoneNumberId: string,
  mediaId: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const answer = await graph.get(encodeURIComponent(mediaId), { phone_number_id: phoneNumberId }, signal)
  const found = Found.safeParse(answer.body).data
  if (!answer.ok || found === undefined) throw refusalOf(answer.status, answer.error)
  if ((found.file_size ?? 0) > maxMediaBytes) throw tooLarge()
  try {
    const file = await graph.download(found.url, maxMediaBytes, signal)
    if (file.status !== 200) throw refusalOf(file.status, undefined)
    return file.body
  } catch (error) {
    throw error instanceof OutgoingFailure && error.problem === 'too-large' ? tooLarge() : error
  }
}

const tooLarge = () => new ProviderRefusal({ code: 'too-large', detail: null })

function refusalOf(status: number, error: unknown): ProviderRefusal {
  const { code, detail, lineBroken, passing } = translateError(status, error)
  // ids of media end after a week; what is answered then is “no such object”
  if (status === 404 || status === 410 || (status === 400 && code === 'message-invalid'))
    return new ProviderRefusal({ code: 'gone', detail })
  return new ProviderRefusal({ code, detail, lineBroken, passing })
}
