import { createHash } from 'node:crypto'

/** 128 bits of any provider's id, in the form of a UUID: a collision would swallow a message, so no fewer. */
export function hashExtId(extId: string): string {
  return asUuid(createHash('sha256').update(extId).digest('hex'))
}

/** The id of a message's n-th file: the same for every delivery of the message, so that a repetition leaves no orphans. */
export function hashFileId(workspaceId: number, channelId: number, extId: string, at: number): string {
  return asUuid(createHash('sha256').update(`${workspaceId}:${channelId}:${at}:${extId}`).digest('hex'))
}

const asUuid = (hex: string) => hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
