import type { FastifyInstance } from 'fastify'
import type { LiveHub } from './live-hub.ts'

/** How long whoever is being answered may take. Process managers kill after ten seconds, and jobs end after this. */
const patienceMs = 5000

/**
 * What happens to open connections when the application closes: streams end, every request that was taken is answered,
 * and whoever is still there after a few seconds is cut off.
 */
export function drainOnClose(app: FastifyInstance, live: LiveHub): void {
  app.addHook('preClose', async () => {
    live.endAllStreams()
    // a connection that has had its answer would be kept open for the next request
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
    const cut = setTimeout(() => app.server.closeAllConnections(), patienceMs)
    app.server.once('close', () => {
      clearInterval(sweep)
      clearTimeout(cut)
    })
  })
}
