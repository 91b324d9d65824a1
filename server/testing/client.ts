import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '#contract/index.ts'

export type Client = ContractRouterClient<typeof contract>

/** The application's own client over real HTTP, as the web makes it; `headers` carry the cookie or bearer token. */
export function connectClient(url: string, headers: Record<string, string> = {}): Client {
  return createORPCClient(new RPCLink({ url: `${url}/rpc`, headers }))
}
