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
