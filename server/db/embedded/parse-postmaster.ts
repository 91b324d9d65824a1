/** What a running PostgreSQL writes into `postmaster.pid`. */
export interface Postmaster {
  pid: number
  socketFolder: string
  port: number
  status: 'starting' | 'stopping' | 'ready' | 'standby'
}

const statuses = ['starting', 'stopping', 'ready', 'standby'] as const

/** Null while the file is still being written. Line by line: pid, data folder, start time, port, socket folder, address, shared memory, status. */
export function parsePostmaster(text: string): Postmaster | null {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  const port = Number(lines[3])
  const status = statuses.find((known) => known === lines[7])
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return null
  return { pid, port, socketFolder: lines[4] ?? '', status: status ?? 'starting' }
}
