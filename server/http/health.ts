import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'

/** `/healthz`: the process lives. `/readyz`: it can serve, that is, its database answers. Both without any secret. */
export function mountHealth(app: FastifyInstance, deps: Deps): void {
  app.get('/healthz', () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await sql`select 1`.execute(deps.db)
      return { ok: true }
    } catch {
      return reply.code(503).send({ ok: false, problem: 'The database does not answer.' })
    }
  })
}
