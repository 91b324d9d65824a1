import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ORPCError, ValidationError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fastify'
import type { StandardHandleResult } from '@orpc/server/standard'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { FastifyInstance } from 'fastify'
import { contract } from '#contract/index.ts'
import { errors, type FieldProblem } from '#contract/errors.ts'
import type { Deps } from '../deps.ts'
import { router } from '../slices.ts'
import { databaseRefusal } from './database-refusal.ts'
import type { RequestContext } from './endpoint.ts'
import { readText } from './read-text.ts'

/** What the caller hears when something went wrong that is not in the contract: the log has the rest, under this id. */
function translate(error: unknown, { deps, request }: RequestContext): never {
  const requestId = request.id
  if (error instanceof ORPCError) {
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
      throw new ORPCError('BAD_REQUEST', {
        status: 400,
        message: errors.BAD_REQUEST.message,
        defined: true,
        data: { fields: error.cause.issues.map(problemOf) },
      })
    }
    if (error.status < 500) throw error
  }
  const refusal = databaseRefusal(error)
  if (refusal !== null) throw refusal
  // an answer that breaks its own contract is found by where it breaks it; the values stay out of the log
  const broken = error instanceof ORPCError && error.cause instanceof ValidationError ? error.cause.issues : []
  const [path] = request.url.split('?')
  deps.log.error({ err: error, requestId, path, broken: broken.map(problemOf) }, 'request failed')
  throw new ORPCError('INTERNAL', {
    status: 500,
    message: `Something went wrong on our side. Reference: ${requestId}`,
    data: { reference: requestId },
  })
}

function problemOf(issue: { message: string; path?: readonly unknown[] | undefined; code?: string }): FieldProblem {
  const path = (issue.path ?? []).map((part) =>
    String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part),
  )
  return { path: path.join('.'), reason: issue.code ?? 'invalid', message: issue.message }
}

interface Call<Result> {
  readonly context: RequestContext
  readonly next: () => Promise<Result>
}

/** What surrounds every call: errors become the contract's, cookies set by an act go out with its answer. */
const around = {
  clientInterceptors: [
    ({ next, context }: Call<unknown>) => next().catch((error: unknown) => translate(error, context)),
  ],
  rootInterceptors: [
    async ({ next, context }: Call<StandardHandleResult>) => {
      const answer = await next()
      const cookies = context.replyHeaders.getSetCookie()
      if (answer.matched && cookies.length > 0) answer.response.headers['set-cookie'] = cookies
      return answer
    },
  ],
}

/** Mounts the contract twice: `/rpc` for the web, `/api` as plain REST with its document at `/api/openapi.json`. */
export async function mountContract(app: FastifyInstance, deps: Deps): Promise<void> {
  const rpc = new RPCHandler<RequestContext>(router, around)
  const rest = new OpenAPIHandler<RequestContext>(router, {
    ...around,
    clientInterceptors: [...around.clientInterceptors, readText],
    customErrorResponseBodyEncoder: (error) => ({
      code: error.code,
      message: error.message,
      ...(error.data === undefined ? {} : { data: error.data }),
    }),
  })
  for (const [prefix, handler] of [
    ['/rpc', rpc],
    ['/api', rest],
  ] as const) {
    app.all(`${prefix}/*`, async (request, reply) => {
      const context = { deps, request, replyHeaders: new Headers() }
      const { matched } = await handler.handle(request, reply, { prefix, context })
      if (!matched) await reply.code(404).send({ code: 'NOT_FOUND', message: errors.NOT_FOUND.message })
    })
  }

  let document: unknown
  app.get('/api/openapi.json', async () => {
    document ??= await new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
      info: { title: 'Ficha', version: '1' },
      servers: [{ url: '/api' }],
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    })
    return document
  })
}
