import type { OutgoingBody } from '#contract/conversations.ts'

/** One message of the provider: what it says and the files it takes along. */
export interface MessagePart {
  readonly body: OutgoingBody
  readonly attachmentIds: readonly string[]
}

/** Spreads files over as many messages as a channel needs for them; the words go with the first. */
export function splitFiles(
  body: OutgoingBody,
  attachmentIds: readonly string[],
  filesPerMessage = Number.POSITIVE_INFINITY,
): [MessagePart, ...MessagePart[]] {
  const rest: MessagePart[] = []
  for (let at = filesPerMessage; at < attachmentIds.length; at += filesPerMessage)
    rest.push({ body: { type: 'text', text: '' }, attachmentIds: attachmentIds.slice(at, at + filesPerMessage) })
  return [{ body, attachmentIds: attachmentIds.slice(0, filesPerMessage) }, ...rest]
}
