import { Client } from 'undici'

export interface CallerRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: Buffer | string
}

/** Kept connections to one address, one for each worker. */
export interface Caller {
  /** Milliseconds from sending to having the whole answer. @throws when it is not 200 */
  call(worker: number, request: CallerRequest): Promise<number>
  /** The same, with what was answered. */
  ask(worker: number, request: CallerRequest): Promise<{ took: number; text: string }>
  close(): Promise<void>
}

export function openCaller(url: string, connections: number): Caller {
  const clients = Array.from({ length: connections }, () => new Client(url))
  const caller: Caller = {
    call: async (worker, request) => (await caller.ask(worker, request)).took,
    async ask(worker, { body, ...request }) {
      const client = clients[worker]
      if (client === undefined) throw new Error(`there is no worker ${worker}`)
      const start = performance.now()
      const answer = await client.request({ ...request, body: body ?? null })
      const text = await answer.body.text()
      const took = performance.now() - start
      if (answer.statusCode !== 200) throw new Error(`${request.path} answered ${answer.statusCode}: ${text}`)
      return { took, text }
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()))
    },
  }
  return caller
}
