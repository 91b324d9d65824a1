import type { FastifyRequest } from 'fastify'
import { libraryOrigin } from './sign-in-library.ts'

/**
 * The request as the sign-in library gets it: only the headers it needs, the caller's address as we know it, the body as
 * given here (without one it is a GET). Nothing that a caller can claim about who or where they are comes along.
 */
export function rebuildRequest(request: FastifyRequest, path: string, body?: object): Request {
  const headers = new Headers({ origin: libraryOrigin, 'x-client-ip': request.ip })
  for (const name of ['cookie', 'user-agent']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  if (body !== undefined) headers.set('content-type', 'application/json')
  return new Request(`${libraryOrigin}/auth${path}`, {
    headers,
    ...(body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) }),
  })
}
