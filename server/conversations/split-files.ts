import type { OutgoingBody } from '#contract/conversations.ts'
import type { ChannelAdapter } from '../channels/adapter.ts'

type Carrying = Pick<ChannelAdapter, 'filesPerMessage' | 'withoutCaptions'>

/** One message of the provider: what it says and the files it takes along. */
export interface MessagePart {
  readonly body: OutgoingBody
  readonly attachmentIds: readonly string[]
}

/**
 * Spreads files over as many messages as a channel needs for them; the words go with the first, or before it where a file
 * cannot carry any.
 */
export function splitFiles(
  body: OutgoingBody,
  attachmentIds: readonly string[],
  { filesPerMessage = Number.POSITIVE_INFINITY, withoutCaptions = false }: Carrying = {},
): [MessagePart, ...MessagePart[]] {
  const saysSomething = body.type !== 'text' || body.text.trim() !== ''
  const first = withoutCaptions && saysSomething ? 0 : filesPerMessage
  const rest: MessagePart[] = []
  for (let at = first; at < attachmentIds.length; at += filesPerMessage)
    rest.push({ body: { type: 'text', text: '' }, attachmentIds: attachmentIds.slice(at, at + filesPerMessage) })
  return [{ body, attachmentIds: attachmentIds.slice(0, first) }, ...rest]
}
