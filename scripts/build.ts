import { buildServerIfStale } from './build-server.ts'
import { buildWebIfStale } from './build-web.ts'

/** `npm run build`, and the first thing that `npm start` does: what has changed, one after the other, for small machines. */
export async function buildStale(say: (line: string) => void = () => {}): Promise<void> {
  await buildServerIfStale(say)
  await buildWebIfStale(say)
}

if (import.meta.main) await buildStale(console.log)
