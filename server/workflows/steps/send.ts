import type { OutgoingBody } from '#contract/conversations.ts'
import type { Sender } from '../../conversations/actor-of.ts'
import { chooseRoute, type Route } from '../../conversations/choose-route.ts'
import { conversationNotice } from '../../conversations/lock-state.ts'
import { bellOf, queueMessage, refuseUnsendable } from '../../conversations/queue-message.ts'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../http/endpoint.ts'
import { fillText, type Filling } from '../fill-text.ts'
import { loadFilling } from '../load-filling.ts'
import { done, failed, type StepAct, type StepOf, type Stepping } from '../stepping.ts'

/** Sends a message: it stands in the thread and is on its way in the transaction that says so. */
export const send: StepAct<'send', Route> = {
  hold: (tx, deps, at, { channelId }) => routeFor(tx, deps, at, channelId),
  async carryOut(at, step, stop, route) {
    const filling = await loadFilling(at.tx, at.workspaceId, at.state.contactId, at.values)
    const body = bodyOf(step, filling)
    if (body.type === 'text' && body.text.trim() === '') return failed(stop, 'empty')
    return done(stop, { messageId: await queue(at, route, body) })
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

const senderOf = ({ workspaceId, run }: Pick<Stepping, 'workspaceId' | 'run'>): Sender => ({
  workspaceId,
  // whoever published it may begin with anybody
  role: 'manager',
  restrictions: [],
  by: { type: 'workflow', id: run.workflow_id, depth: run.depth + 1 },
})

/** By which line and to which address it goes; before the contact is locked. */
export const routeFor = (
  tx: Tx,
  deps: Deps,
  at: Pick<Stepping, 'workspaceId' | 'run'>,
  channelId: number | null,
): Promise<Route> => chooseRoute(tx, deps, senderOf(at), at.run.contact_id, channelId)

/** Puts a message on its way; refuses with the rule that stands against it. Answers its number. */
export async function queue(at: Stepping, route: Route, body: OutgoingBody): Promise<number> {
  const { tx, deps, state, now, tell } = at
  refuseUnsendable(route, { body, fileCount: 0, now, byHand: false })
  const part = { body, attachmentIds: [] }
  const { id } = await queueMessage(tx, deps, { sender: senderOf(at), state, route, part, replyTo: null })
  tell(conversationNotice(state, 'message', { messageId: id }))
  await deps.jobs.enqueue(tx, 'deliver-messages', bellOf(route))
  return id
}
