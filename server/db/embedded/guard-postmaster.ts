import { spawn } from 'node:child_process'

export interface Guard {
  pid: number
  /** Sends the guard home: PostgreSQL is being stopped in order, or is gone. */
  release(): void
}

/** Reads until we write a line (all is well) or the pipe breaks because we died; then stops PostgreSQL, if it is still that one. */
const script = 'read -r line || { read -r now < "$2"; [ "$now" = "$1" ] && kill -INT "$1"; }'

/** Where the kernel will not stop PostgreSQL on our death (an adopted one, macOS), a tiny process does. */
export function guardPostmaster(pid: number, pidFile: string): Guard {
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(pid), pidFile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return { pid: child.pid ?? 0, release: () => child.stdin.end('\n') }
}
