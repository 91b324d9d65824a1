import type { FastifyInstance } from 'fastify'

/**
 * One parser for the whole application: JSON only, so that no other content type slips past the schemas; an empty body is
 * `undefined`, arrays and `null` are bodies like any other. Keys that could reach a prototype are dropped.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined)
    try {
      done(null, JSON.parse(String(body), dropPrototypeKeys))
    } catch {
      done(Object.assign(new Error('The body is not JSON.'), { statusCode: 400 }))
    }
  })
}

const dropPrototypeKeys = (key: string, value: unknown) =>
  key === '__proto__' || (key === 'constructor' && value !== null && typeof value === 'object') ? undefined : value
