import type { FastifyRequest } from 'fastify'

/** What a session remembers of where it was opened. */
export const browserOf = (request: FastifyRequest): { ip: string; userAgent: string } => ({
  ip: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
})
