import type { MessageBody, OutgoingBody } from '#contract/conversations.ts'
import type { CustomField } from '#contract/fields.ts'
import { workspaceCountry } from '../../contacts/insert-contact.ts'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../http/endpoint.ts'
import { fillText } from '../fill-text.ts'
import { findStep } from '../find-step.ts'
import { loadFilling } from '../load-filling.ts'
import type { Stop } from '../program.ts'
import { readAnswer, wordsOf } from '../read-answer.ts'
import type { Before, StepAct, StepData, StepOf, Stepped, Stepping } from '../stepping.ts'
import { holdField, setField } from './field.ts'
import { prepare, queue, type Going } from './send.ts'

interface Held {
  readonly customs: readonly CustomField[]
  /** What was answered; null where nothing was yet, or not in the kind that was asked for. */
  readonly answer: string | null
  /** The question, where it has to go out. */
  readonly question: Going | null
}

/** Asks something and waits for the answer, which is the next thing the contact writes. */
export const ask: StepAct<'ask', Held> = {
  async hold(tx, deps, at, step) {
    const customs = step.saveTo === null ? [] : await holdField(tx, at.workspaceId, step.saveTo)
    const isAnswered = at.run.state === 'asking' && at.run.answer_id !== null
    const answer = isAnswered ? await findAnswer(tx, at, step) : null
    const asks = at.run.state !== 'asking' || (isAnswered && answer === null)
    return { customs, answer, question: asks ? await prepareQuestion(tx, deps, at, step) : null }
  },
  async carryOut(at, step, stop, { customs, answer, question }) {
    if (at.run.state !== 'asking') {
      const until = new Date(at.now.getTime() + step.timeoutMinutes * 60_000)
      return putQuestion(at, question!, until, { asked: 1, until: until.toISOString() })
    }
    if (at.run.answer_id === null) return unanswered(stop, 'timed-out')
    const { data: before } = await findStep(at.tx, at.workspaceId, at.run)
    if (answer === null) {
      const asked = before.asked ?? 1
      if (asked > step.retries) return unanswered(stop, 'not-understood')
      return putQuestion(at, question!, new Date(before.until ?? at.now), { ...before, asked: asked + 1 })
    }
    const saved = step.saveTo === null ? null : await setField(at, stop, { field: step.saveTo, value: answer, customs })
    const reason = saved?.over === true && saved.outcome === 'failed' ? (saved.reason ?? null) : null
    return { over: true, outcome: 'done', reason, data: { values: { [step.as]: answer } }, next: stop.next }
  },
}

const unanswered = ({ into }: Stop, reason: string): Stepped => ({
  over: true,
  outcome: 'skipped',
  reason,
  next: into['unanswered'] ?? null,
})

async function findAnswer(
  tx: Tx,
  { workspaceId, run }: Pick<Before, 'workspaceId' | 'run'>,
  step: StepOf<'ask'>,
): Promise<string | null> {
  const message = await tx
    .selectFrom('message')
    .select('body')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', run.answer_id)
    .executeTakeFirst()
  if (message === undefined) return null
  const words = wordsOf(message.body as unknown as MessageBody)
  return readAnswer(step, words, step.answer === 'phone' ? await workspaceCountry(tx, workspaceId) : null)
}

/** With buttons where the channel has them, else with the choices by number. */
async function prepareQuestion(tx: Tx, deps: Deps, at: Before, step: StepOf<'ask'>): Promise<Going> {
  const words = at.run.state === 'asking' ? (step.again ?? step.question) : step.question
  const text = fillText(words, await loadFilling(tx, at.workspaceId, at.run.contact_id, at.values))
  const { choices } = step
  return prepare(tx, deps, at, step.channelId, ({ opened: { line, adapter }, lastInAt }) => {
    const buttons: OutgoingBody = { type: 'buttons', text, choices: [...choices] }
    const facts = { body: buttons, fileCount: 0, lastInAt, now: at.now, byHand: false }
    if (choices.length > 0 && (adapter.refuses?.(line, facts) ?? null) === null) return buttons
    const listed = choices.map((choice, place) => `${place + 1}. ${choice}`)
    return { type: 'text', text: [text, ...listed].join('\n') }
  })
}

const putQuestion = async (at: Stepping, question: Going, until: Date, data: StepData): Promise<Stepped> => ({
  over: false,
  state: 'asking',
  until,
  data: { ...data, messageId: await queue(at, question) },
})
