import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const isWidget = (path: string) => /[\\/]widget\.js(\.\w+)?$/.test(path)

/** The built web: hashed files for ever, the page itself never from a cache, every unknown page address is the application. */
export async function mountWeb(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: folder,
    index: ['index.html'],
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      if (isWidget(path)) {
        // other sites' pages load it, under the same name for ever
        void reply.header('cross-origin-resource-policy', 'cross-origin')
        return void reply.header('cache-control', 'public, max-age=300')
      }
      void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' &&
      (request.headers.accept ?? '').includes('text/html') &&
      !/^\/(rpc|api|auth|files|exports|imports|webhooks|assets|custom|webchat)(\/|$)/.test(request.url)
    if (page) return reply.sendFile('index.html')
    return reply.code(404).send({ code: 'NOT_FOUND', message: 'There is nothing here.' })
  })
}
