import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'

/**
 * The application loads nothing from elsewhere and runs nothing inline. Pictures may come from `https:` because profile
 * pictures do; mail is shown in a sandboxed frame made from `srcdoc`, which inherits this policy and adds its own.
 */
export async function setSecurityHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  const headers = await findHeaders(secure)
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value)
    done()
  })
}

/** Asked of the plugin once: by itself it puts the same headers together again for every request. */
async function findHeaders(secure: boolean): Promise<[name: string, value: string][]> {
  const probe = Fastify()
  let found: [string, string][] = []
  await probe.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // React Aria and the virtual lists set style attributes; style elements stay ours
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  probe.get('/', (_request, reply) => {
    found = Object.entries(reply.raw.getHeaders()).map(([name, value]) => [name, String(value)])
    return ''
  })
  await probe.inject('/')
  await probe.close()
  return found
}
