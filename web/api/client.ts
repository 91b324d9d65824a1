import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils, OPERATION_CONTEXT_SYMBOL, type OperationContext } from '@orpc/tanstack-query'
import type { contract } from '#contract/index.ts'
import { actKey, endAct } from './act-key.ts'
import { isTransient } from './explain.ts'
import { workspaceInUrl } from './workspace-in-url.ts'

/** Reads are told from acts by how the query library calls us; a plain call counts as an act, which does no harm. */
const isRead = (context: OperationContext) => {
  const type = context[OPERATION_CONTEXT_SYMBOL]?.type
  return type !== undefined && type !== 'mutation'
}

const ended = new AbortController()
const acts = new Set<Promise<unknown>>()

/**
 * Gives up what is read and lets nothing more be asked; resolves when the acts under way are answered, after three seconds at
 * the latest. For when the page is about to be left: nobody hears an answer any more.
 */
export async function endCalls(): Promise<void> {
  ended.abort()
  await Promise.race([Promise.allSettled(acts), new Promise((resolve) => setTimeout(resolve, 3000))])
}

const link = new RPCLink<OperationContext>({
  url: () => `${location.origin}/rpc`,
  headers: ({ context }, path, input) => {
    const workspace = workspaceInUrl(location.pathname)
    const isLive = path[0] === 'live'
    return {
      ...(workspace === null ? {} : { 'x-ficha-workspace': String(workspace) }),
      ...(isRead(context) || isLive ? {} : { 'idempotency-key': actKey(input) }),
    }
  },
  fetch: async (request, init, { context }, path) => {
    const isAct = !isRead(context) && path[0] !== 'live'
    const signal = isAct && !ended.signal.aborted ? request.signal : AbortSignal.any([request.signal, ended.signal])
    const answer = fetch(request, { ...init, signal })
    if (isAct) acts.add(answer)
    try {
      return await answer
    } catch (error) {
      // Whoever waits for it leaves with the page, and need not be told of a fault that is none.
      if (ended.signal.aborted) return await new Promise<never>(() => {})
      throw error
    } finally {
      acts.delete(answer)
    }
  },
  interceptors: [
    async (call) => {
      try {
        const answer = await call.next()
        endAct(call.input)
        return answer
      } catch (error) {
        if (!isTransient(error)) endAct(call.input)
        throw error
      }
    },
  ],
})

export type Client = ContractRouterClient<typeof contract, OperationContext>

/** Calls the server as the contract says: `client.contacts.update({ … })`. */
export const client: Client = createORPCClient(link)

/** Query and mutation options, and keys to invalidate: `api.contacts.get.queryOptions({ input })`. */
export const api = createTanstackQueryUtils(client)
