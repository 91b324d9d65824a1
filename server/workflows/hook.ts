import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Id, text } from '#contract/primitives.ts'
import { checkValues } from '../contacts/check-values.ts'
import { insertContact, workspaceCountry } from '../contacts/insert-contact.ts'
import { contactsWithKey } from '../conversations/contacts-with-key.ts'
import { lockIdentity } from '../conversations/lock-address.ts'
import { lockState } from '../conversations/lock-state.ts'
import type { Deps } from '../deps.ts'
import { answerOnce } from '../http/answer-once.ts'
import { answering } from '../http/answering.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import { countAttempt } from '../members/throttle.ts'
import { enterRun, holdPublished, triggerOf, type Published } from './enter-run.ts'
import { noteRefused } from './entered-often.ts'
import { hashHook } from './secrets.ts'

/** Posts to one workflow in a minute. */
const mostAMinute = 600
const mostBytes = 64 * 1024

const Scalar = z.union([text(2000), z.number(), z.boolean()])
const Post = z
  .object({
    contactId: Id.optional(),
    phone: text(60).optional(),
    email: text(254).optional(),
    firstName: text(100).optional(),
    lastName: text(100).optional(),
    values: z
      .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/), Scalar)
      .refine((values) => Object.keys(values).length <= 50, { error: 'at most 50 values' })
      .default({}),
  })
  .refine((post) => [post.contactId, post.phone, post.email].some((one) => one !== undefined), {
    error: 'say whom it is about: contactId, phone or email',
    path: ['contactId'],
  })
type Post = z.infer<typeof Post>

/** `entered`: the contact is in the workflow now; else `reason` says why not. */
interface Answer {
  contactId: number | null
  entered: boolean
  reason: 'blocked' | 'running' | 'conditions' | 'too-often' | 'no-contact' | null
}

/**
 * `POST /hooks/:hook` (JSON): a program lets a contact enter the workflow whose address it was given. With an `idempotency-key` a
 * repetition is answered as the first time and changes nothing.
 */
export function mountHooks(app: FastifyInstance, deps: Deps): void {
  app.post<{ Params: { hook: string } }>(
    '/hooks/:hook',
    { bodyLimit: mostBytes },
    answering(async (request, reply) => {
      const { hook } = request.params as { hook: string }
      const found = /^[\w-]{20,100}$/.test(hook) ? await findHook(deps, hook) : undefined
      if (found === undefined) return fail('NOT_FOUND')
      const { workspace_id: workspaceId, id: workflowId } = found
      const key = `hook ${workspaceId}/${workflowId}`
      const wait = await countAttempt(deps.db, [{ key, limit: mostAMinute, seconds: 60, forgiving: false }])
      if (wait !== null) {
        void reply.header('retry-after', String(wait))
        return fail('TOO_MANY_REQUESTS', { retryAfterSeconds: wait })
      }
      const parsed = Post.safeParse(request.body)
      if (!parsed.success)
        return fail('BAD_REQUEST', {
          fields: parsed.error.issues.map(({ path, code, message }) => ({
            path: path.join('.'),
            reason: code,
            message,
          })),
        })
      const asked = { key: request.headers['idempotency-key'], path: ['hooks', String(workflowId)], input: parsed.data }
      const answer = await deps.db.transaction().execute((tx) =>
        // in nobody's name
        answerOnce(tx, deps.config.secret, { workspaceId, memberId: 0 }, asked, () =>
          enter(tx, deps, workspaceId, workflowId, parsed.data),
        ),
      )
      if (answer.reason === 'too-often') await noteRefused(deps, workspaceId, workflowId, 1)
      return reply.send(answer)
    }),
  )
}

const findHook = (deps: Deps, hook: string) =>
  deps.db
    .selectFrom('workflow')
    .select(['workspace_id', 'id'])
    .where('hook_hash', '=', hashHook(hook))
    .where('removed_at', 'is', null)
    .executeTakeFirst()

async function enter(tx: Tx, deps: Deps, workspaceId: number, workflowId: number, post: Post): Promise<Answer> {
  const published = await holdPublished(tx, workspaceId, workflowId)
  if (typeof published === 'string') return fail('NOT_FOUND')
  const trigger = triggerOf(published, 'webhook')
  if (trigger?.kind !== 'webhook') return fail('NOT_FOUND')
  const contactId = await findContact(tx, deps, published, post, trigger.makesContact)
  const state = contactId === null ? undefined : await lockState(tx, workspaceId, contactId)
  if (state === undefined) return { contactId: null, entered: false, reason: 'no-contact' }
  const values = Object.fromEntries(Object.entries(post.values).map(([name, value]) => [name, String(value)]))
  const entered = await enterRun(tx, deps, published, trigger, state, { by: { type: 'api', id: null }, values })
  const isIn = typeof entered !== 'string'
  return { contactId: state.contactId, entered: isIn, reason: isIn ? null : entered }
}

/** By number, else by phone, else by e-mail in any spelling: the oldest of several; where nobody has it, perhaps a new one. */
async function findContact(
  tx: Tx,
  deps: Deps,
  { workspaceId }: Published,
  post: Post,
  makes: boolean,
): Promise<number | null> {
  if (post.contactId !== undefined) return post.contactId
  const country = await workspaceCountry(tx, workspaceId)
  const { phone, email, firstName, lastName } = post
  const { values, problems } = checkValues({ phone, email, firstName, lastName }, country, [])
  if (problems.length > 0)
    return fail('BAD_REQUEST', {
      fields: problems.map(({ path, ...problem }) => ({ ...problem, path: path.replace(/^values\./, '') })),
    })
  const keys = [
    ...(values.phone == null ? [] : [phoneKey(values.phone, country).key]),
    ...(values.email == null ? [] : [emailKey(values.email).key]),
  ].filter((key) => key !== null)
  // one person's first posts at once make one contact
  for (const key of keys.toSorted()) await lockIdentity(tx, workspaceId, key)
  for (const key of keys) {
    const [holder] = await contactsWithKey(tx, workspaceId, key)
      .select('contact.id')
      .orderBy('contact.created_at')
      .orderBy('contact.id')
      .limit(1)
      .execute()
    if (holder !== undefined) return holder.id
  }
  if (!makes || (values.phone == null && values.email == null)) return null
  const made = { workspaceId, source: 'api', by: null, values, profileName: null, pictureUrl: null } as const
  const { contactId } = await insertContact(tx, deps, made)
  await deps.jobs.enqueue(tx, 'suggest-duplicates', { workspaceId })
  return contactId
}
