import { timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import { openDatabase } from '../../server/db/open-database.ts'

/**
 * The least that an answer costs on this stack: Fastify, a key compared, one statement on a pooled connection. A process of
 * its own, as the server is one; it ends with its parent.
 */
const { FLOOR_DATABASE: url = '', FLOOR_KEY: key = '' } = process.env
const database = openDatabase(url, { max: 12, applicationName: 'ficha floor' })
const app = Fastify({ logger: false, forceCloseConnections: true })
const right = Buffer.from(`Bearer ${key}`)

app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
app.addHook('onRequest', async ({ headers }, reply) => {
  const given = Buffer.from(headers.authorization ?? '')
  if (given.length !== right.length || !timingSafeEqual(given, right)) return reply.code(401).send({ status: 'who?' })
})
app.post('/insert', async (request) => {
  await database.pool.query('insert into bench_floor (body) values ($1)', [request.body])
  return { status: 'ok' }
})
app.get<{ Params: { workspaceId: string; id: string } }>('/select/:workspaceId/:id', async ({ params }) => {
  const { rows } = await database.pool.query<object>('select * from contact where workspace_id = $1 and id = $2', [
    params.workspaceId,
    params.id,
  ])
  return rows[0]
})

process.on('disconnect', () => {
  void app.close().then(() => database.close())
})
// a parent that has ended meanwhile hears nothing
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }), () => undefined)
