import type { FastifyRequest } from 'fastify'

/**
 * Reads what is left of a body that nobody wants any more. Whoever still sends it would otherwise wait for ever, and so would the
 * next request on that connection.
 */
export function readToEnd({ raw }: FastifyRequest): void {
  raw.unpipe()
  raw.resume()
}
