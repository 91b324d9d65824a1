import { implement } from '@orpc/server'
import type { FastifyRequest } from 'fastify'
import type { Kysely, Transaction } from 'kysely'
import { contract } from '#contract/index.ts'
import type { Meta } from '#contract/base.ts'
import { can, type Access } from '#contract/policy.ts'
import type { DB } from '../db/tables.ts'
import { notify, type LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { JobData, JobName } from '../jobs/queue.ts'
import { answerOnce } from './answer-once.ts'
import { fail } from './fail.ts'

/** A database handle that can only look: it has no insert, update, delete or transaction. */
export type Reader = Pick<
  Kysely<DB>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic' | 'getExecutor'
>
export type Tx = Transaction<DB>

/** The member on whose behalf a request is made. */
export interface Actor extends Access {
  readonly workspaceId: number
  readonly userId: string
  readonly name: string
  /** `member` by session, `api` by token. */
  readonly via: 'member' | 'api'
  readonly ip: string
}

/** A signed-in person, no workspace named. */
export interface Account {
  readonly userId: string
  readonly email: string
  readonly name: string
}

export interface RequestContext {
  readonly deps: Deps
  readonly request: FastifyRequest
  /** Set-Cookie lines and the like that the sign-in library wants on the answer. */
  readonly replyHeaders: Headers
  readonly signal?: AbortSignal | undefined
}

/** What a reading act gets. */
export interface ReadContext {
  readonly deps: Deps
  readonly db: Reader
  readonly actor: Actor
}

/** What a writing act gets: everything it does through `tx`, its live events and its jobs stand or fall together. */
export interface WriteContext {
  readonly deps: Deps
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
  /** Told to every browser concerned when the transaction commits. */
  readonly live: (notice: Omit<LiveNotice, 'workspaceId'>) => void
  readonly enqueue: <Name extends JobName>(name: Name, data: JobData[Name], after?: Date) => Promise<void>
}

export interface PublicContext {
  readonly deps: Deps
  readonly request: FastifyRequest
  readonly replyHeaders: Headers
}
export interface AccountContext extends PublicContext {
  readonly account: Account
}

const root = implement(contract).$context<RequestContext>()

const metaOf = (procedure: { '~orpc': { meta: unknown } }): Meta => procedure['~orpc'].meta as Meta

/** Endpoints for everybody, before sign-in. */
export const forAnyone = root.use(({ procedure, next }) => {
  if (metaOf(procedure).action !== 'public') throw new Error('endpoint is not public')
  return next()
})

/** Endpoints for a signed-in person, no workspace named. */
export const forAccount = root.use(async ({ context, procedure, next }) => {
  if (metaOf(procedure).action !== 'account') throw new Error('endpoint is not for an account')
  const account = await context.deps.people.findAccount(context.request)
  if (account === null) return fail('UNAUTHENTICATED')
  return next({ context: { account } })
})

/** Endpoints of a workspace: the policy table is asked before the input is even looked at. */
export const forMember = root.use(async ({ context, procedure, next }) => {
  const { action } = metaOf(procedure)
  if (action === 'public' || action === 'account') throw new Error('endpoint needs no member')
  const actor = await context.deps.people.findActor(context.request)
  if (!can(actor, action)) return fail('FORBIDDEN')
  return next({ context: { actor } })
})

/** Binds an act that only looks. */
export const reading =
  <Input, Output>(act: (context: ReadContext, input: Input) => Promise<Output>) =>
  ({ context, input }: { context: RequestContext & { actor: Actor }; input: Input }): Promise<Output> =>
    act({ deps: context.deps, db: context.deps.db, actor: context.actor }, input)

/**
 * Binds an act that writes: one transaction around it, live events told on commit, and the whole made safe to repeat when
 * the caller sends an `idempotency-key`: the same key with the same input answers as the first time, with another 409.
 */
export const writing =
  <Input, Output>(act: (context: WriteContext, input: Input) => Promise<Output>) =>
  ({
    context,
    input,
    path,
    procedure,
  }: {
    context: RequestContext & { actor: Actor }
    input: Input
    path: readonly string[]
    procedure: { '~orpc': { inputSchema?: unknown } }
  }): Promise<Output> =>
    untangled(context.deps.db, async (tx) => {
      const { deps, actor } = context
      // where nothing is asked for, whatever comes along means nothing
      const meant = procedure['~orpc'].inputSchema === undefined ? null : input
      const asked = { key: context.request.headers['idempotency-key'], path, input: meant }
      return answerOnce(tx, deps.config.secret, actor, asked, async () => {
        const notices: LiveNotice[] = []
        const output = await act(
          {
            deps,
            tx,
            actor,
            now: deps.clock.now(),
            live: (notice) => notices.push({ ...notice, workspaceId: actor.workspaceId }),
            enqueue: (name, data, after) => deps.jobs.enqueue(tx, name, data, after),
          },
          input,
        )
        await notify(tx, notices)
        return output
      })
    })

/** A transaction that PostgreSQL ended because two waited for each other has done nothing: it begins again, twice at most. */
async function untangled<Output>(db: Deps['db'], run: (tx: Tx) => Promise<Output>): Promise<Output> {
  for (let left = 2; ; left--) {
    try {
      return await db.transaction().execute(run)
    } catch (error) {
      if (left === 0 || !(error instanceof Error && 'code' in error && error.code === '40P01')) throw error
    }
  }
}

/** Binds an act before sign-in, or for an account. They open their own transactions: there is no workspace to key them by. */
export const anyone =
  <Input, Output>(act: (context: PublicContext, input: Input) => Promise<Output>) =>
  ({ context, input }: { context: RequestContext; input: Input }): Promise<Output> =>
    act(context, input)
export const account =
  <Input, Output>(act: (context: AccountContext, input: Input) => Promise<Output>) =>
  ({ context, input }: { context: RequestContext & { account: Account }; input: Input }): Promise<Output> =>
    act(context, input)
