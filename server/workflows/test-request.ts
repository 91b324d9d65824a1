import { randomUUID } from 'node:crypto'
import { everyStep } from '#contract/workflow-steps.ts'
import type { Definition } from '#contract/workflows.ts'
import { findVisibleContact } from '../conversations/find-visible-contact.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { OutgoingFailure } from '../http/outgoing-failure.ts'
import { loadFilling } from './load-filling.ts'
import { makeRequest, valuesOf } from './make-request.ts'
import type { ParsedInput } from './parsed-input.ts'
import { openWorkflow } from './secrets.ts'

/** Of an answer, as it is shown. */
const mostShown = 10_000

interface Tested {
  status: number | null
  failure: string | null
  body: string
  ms: number
  values: Record<string, string>
}

/** Makes the request of a draft's step. It reaches the world: in no transaction. */
export async function testRequest(
  { db, deps, actor }: ReadContext,
  { workflowId, stepId, contactId: asked }: ParsedInput<'testRequest'>,
): Promise<Tested> {
  const { workspaceId } = actor
  const row = await db
    .selectFrom('workflow')
    .select(['draft', 'secrets'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return fail('NOT_FOUND')
  const draft = row.draft as unknown as Definition
  const step = everyStep(draft.steps).find((one) => one.step.id === stepId)?.step
  if (step?.kind !== 'http') return fail('NOT_FOUND')
  const contact = asked == null ? null : await findVisibleContact(db, actor, asked)
  const filling = contact === null ? () => '' : await loadFilling(db, workspaceId, contact.contactId, {})
  const secrets = openWorkflow(deps.config.secret, { workspaceId, workflowId }, row.secrets)
  const request = makeRequest(step, secrets, filling, `test-${randomUUID()}`)
  const begun = performance.now()
  const after = (tested: Partial<Tested>): Tested => {
    const ms = Math.round(performance.now() - begun)
    return { status: null, failure: null, body: '', ms, values: {}, ...tested }
  }
  if (request === null) return after({ failure: 'secret-needed' })
  try {
    const answer = await deps.outgoing(request.url, request.options)
    const body = answer.body.toString('utf8').toWellFormed().replaceAll('\u0000', '').slice(0, mostShown)
    return after({ status: answer.status, body, values: valuesOf(step, answer) })
  } catch (error) {
    if (error instanceof OutgoingFailure) return after({ failure: error.problem })
    throw error
  }
}
