import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { mountWebhooks } from './channels/webhook.ts'
import type { Deps } from './deps.ts'
import { mountExports } from './exports/routes.ts'
import { mountFiles } from './files/routes.ts'
import { findRoot } from './find-root.ts'
import { drainOnClose } from './http/drain.ts'
import { mountImports } from './imports/routes.ts'
import { mountHealth } from './http/health.ts'
import { acceptJsonOnly } from './http/json-body.ts'
import { mountContract } from './http/orpc-handlers.ts'
import { setSecurityHeaders } from './http/security-headers.ts'
import { mountUnsubscribe } from './opt-outs/unsubscribe.ts'
import { mountWebchat } from './webchat/routes.ts'
import { mountHooks } from './workflows/hook.ts'
import { mountWeb } from './http/static-files.ts'

const webFolder = join(findRoot(), 'dist', 'web')

/** The whole HTTP side, from what the process holds. `main` and the tests share it. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const { config } = deps
  // the plain type keeps Fastify's own types plain
  const log: FastifyBaseLogger = deps.log
  const app = Fastify({
    loggerInstance: log,
    // what people ask for stays out of the log; faults are logged where they are answered
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID().slice(0, 8),
    trustProxy: config.trustedProxy === null ? false : [...config.trustedProxy],
    bodyLimit: 1024 * 1024,
    // a file to import has 50 MB, and some lines are slow; what comes before the body has a minute
    requestTimeout: 600_000,
    connectionTimeout: 0,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (_error, _request, reply) => {
      ;(reply as unknown as { code(status: number): { send(body: object): void } })
        .code(400)
        .send({ code: 'BAD_REQUEST', message: 'The address is not well formed.' })
    },
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) {
      deps.log.error({ err: error, requestId: request.id }, 'request failed')
      return reply.code(500).send({
        code: 'INTERNAL',
        message: `Something went wrong on our side. Reference: ${request.id}`,
        data: { reference: request.id },
      })
    }
    const code = status === 413 ? 'TOO_LARGE' : status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'BAD_REQUEST'
    return reply.code(status).send({ code, message: error.message })
  })
  drainOnClose(app, deps.live)
  app.addHook('onRequest', (_request, _reply, done) => {
    deps.traffic.note()
    done()
  })
  acceptJsonOnly(app)
  await setSecurityHeaders(app, config.publicUrl?.startsWith('https:') ?? false)
  mountHealth(app, deps)
  app.all('/auth/*', (request, reply) => deps.people.handle(request, reply))
  await mountContract(app, deps)
  await mountFiles(app, deps)
  mountExports(app, deps)
  await mountImports(app, deps)
  await mountWebhooks(app, deps)
  await mountWebchat(app, deps)
  await mountUnsubscribe(app, deps)
  mountHooks(app, deps)
  await mountWeb(app, webFolder)
  return app
}
