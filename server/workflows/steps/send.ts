import type { OutgoingBody } from '#contract/conversations.ts'
import type { Sender } from '../../conversations/actor-of.ts'
import { chooseRoute, type Route } from '../../conversations/choose-route.ts'
import { conversationNotice } from '../../conversations/lock-state.ts'
import { bellOf, queueMessage, refuseUnsendable } from '../../conversations/queue-message.ts'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../http/endpoint.ts'
import { fillText, type Filling } from '../fill-text.ts'
import { loadFilling } from '../load-filling.ts'
import { done, failed, type Before, type StepAct, type StepOf, type Stepping } from '../stepping.ts'

/** A message as it goes, and how. */
export interface Going {
  readonly route: Route
  readonly body: OutgoingBody
}

/** Sends a message: it stands in the thread and is on its way in the transaction that says so. */
export const send: StepAct<'send', Going | null> = {
  async hold(tx, deps, at, step) {
    const body = bodyOf(step, await loadFilling(tx, at.workspaceId, at.run.contact_id, at.values))
    if (body.type === 'text' && body.text.trim() === '') return null
    return prepare(tx, deps, at, step.channelId, () => body)
  },
  async carryOut(at, _step, stop, going) {
    if (going === null) return failed(stop, 'empty')
    return done(stop, { messageId: await queue(at, going) })
  },
}

function bodyOf({ body }: StepOf<'send'>, filling: Filling): OutgoingBody {
  if (body.type === 'text') {
    const subject = body.subject === null ? null : oneLine(fillText(body.subject, filling))
    return { type: 'text', text: fillText(body.text, filling), subject }
  }
  const variables = Object.entries(body.variables).map(([name, value]) => [name, fillText(value, filling)])
  const { name, language } = body
  return { type: 'template', name, language, variables: Object.fromEntries(variables) as Record<string, string> }
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

const senderOf = ({ workspaceId, run }: Pick<Before, 'workspaceId' | 'run'>): Sender => ({
  workspaceId,
  // whoever published it may begin with anybody
  role: 'manager',
  restrictions: [],
  by: { type: 'workflow', id: run.workflow_id, depth: run.depth + 1 },
})

/**
 * By which line and to which address it goes, before the contact is locked; refuses with the rule that stands against it.
 * @param write the body for that line
 */
export async function prepare(
  tx: Tx,
  deps: Deps,
  at: Before,
  channelId: number | null,
  write: (route: Route) => OutgoingBody,
): Promise<Going> {
  const route = await chooseRoute(tx, deps, senderOf(at), at.run.contact_id, channelId)
  const body = write(route)
  refuseUnsendable(route, { body, fileCount: 0, now: at.now, byHand: false })
  return { route, body }
}

/** Puts a message on its way. Answers its number. */
export async function queue(at: Stepping, { route, body }: Going): Promise<number> {
  const { tx, deps, become, tell } = at
  const part = { body, attachmentIds: [] }
  const queued = await queueMessage(tx, deps, { sender: senderOf(at), state: at.state, route, part, replyTo: null })
  become(queued.state)
  tell(conversationNotice(at.state, 'message', { messageId: queued.id }))
  await deps.jobs.enqueue(tx, 'deliver-messages', bellOf(route))
  return queued.id
}
