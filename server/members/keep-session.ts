import type { FastifyRequest } from 'fastify'
import { sessionTokenOf, type Keys } from './find-actor.ts'
import { rebuildRequest } from './rebuild-request.ts'
import type { SignInLibrary } from './sign-in-library.ts'

/** A session in use is lengthened once a day; the cookie goes out again with its new term. */
export async function keepSession(library: SignInLibrary, keys: Keys, request: FastifyRequest): Promise<string[]> {
  if (sessionTokenOf(request, keys) === null) return []
  const answer = await library.handler(rebuildRequest(request, '/get-session'))
  return answer.headers.getSetCookie()
}
