import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Pool } from 'pg'

export interface Floor {
  readonly pid: number
  readonly url: string
  readonly headers: Record<string, string>
  stop(): Promise<void>
}

/** Starts the floor beside the server, on its database, with a table of its own. */
export async function startFloor(pool: Pool, databaseUrl: string): Promise<Floor> {
  await pool.query('create table bench_floor (id bigint generated always as identity primary key, body bytea not null)')
  const key = randomBytes(24).toString('base64url')
  const child = fork(new URL('./serve-floor.ts', import.meta.url), {
    env: { ...process.env, FLOOR_DATABASE: databaseUrl, FLOOR_KEY: key },
  })
  const gone = once(child, 'exit')
  const url = await Promise.race([
    once(child, 'message').then(([address]) => String(address)),
    gone.then(() => Promise.reject(new Error('the floor ended before it listened'))),
  ])
  return {
    pid: child.pid ?? 0,
    url,
    headers: { authorization: `Bearer ${key}` },
    async stop() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}
