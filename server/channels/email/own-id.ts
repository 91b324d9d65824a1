import { createHmac, hkdfSync } from 'node:crypto'

/**
 * Message-IDs and loop marks of our own, signed with a key made from the installation's secret: an answer can name one
 * only after having received it, so nobody walks into a thread or fakes a bounce by counting.
 */
export interface OwnIds {
  /** The Message-ID of a message, without angle brackets: the same for every attempt to send it. */
  make(workspaceId: number, messageId: number, domain: string): string
  /** Which message of this workspace a Message-ID names; null where it is not one of ours, or of another workspace. */
  read(workspaceId: number, id: string): number | null
  /** Every Message-ID of ours that stands somewhere in a text, such as a bounce without any structure. */
  find(workspaceId: number, text: string): string[]
  /** What our mails carry in `X-Ficha-Loop`: a mail that comes in with it has been sent by this workspace. */
  loopMark(workspaceId: number): string
}

// lower case only: some mail systems fold Message-IDs
const shape = /ficha\.([0-9a-z]{1,11})\.([0-9a-z]{1,12})\.([0-9a-f]{32})@[a-z0-9.-]{1,253}/g

export function openOwnIds(secret: string): OwnIds {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'ficha mail', 32))
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32)
  const signId = (workspaceId: number, messageId: number) => sign(`id ${workspaceId} ${messageId}`)

  function readMatch(
    workspaceId: number,
    [, workspace, message, mark]: readonly (string | undefined)[],
  ): number | null {
    const messageId = Number.parseInt(message ?? '', 36)
    if (Number.parseInt(workspace ?? '', 36) !== workspaceId || !Number.isSafeInteger(messageId)) return null
    return signId(workspaceId, messageId) === mark ? messageId : null
  }

  return {
    make(workspaceId, messageId, domain) {
      const mark = signId(workspaceId, messageId)
      return `ficha.${workspaceId.toString(36)}.${messageId.toString(36)}.${mark}@${domain}`
    },
    read(workspaceId, id) {
      const [match] = id.toLowerCase().matchAll(shape)
      return match !== undefined && match[0].length === id.length ? readMatch(workspaceId, match) : null
    },
    find(workspaceId, text) {
      const found = new Set<string>()
      for (const match of text.toLowerCase().matchAll(shape)) {
        if (readMatch(workspaceId, match) !== null) found.add(match[0])
        if (found.size === 10) break
      }
      return [...found]
    },
    loopMark: (workspaceId) => `${workspaceId.toString(36)}.${sign(`loop ${workspaceId}`)}`,
  }
}
