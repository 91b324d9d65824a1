import { spawnSync } from 'node:child_process'
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { Refusal } from '../../refusal.ts'

/** Who holds a data folder, as written in its lock file. The guard is the process that stops PostgreSQL if the holder dies. */
interface Holder {
  pid: number
  guard: number | null
}

export interface Hold {
  /** The holder before this one, dead by now; null in a new folder. */
  previous: Holder | null
  noteGuard(pid: number): void
  release(): void
}

const darwinExclusiveLock = 0x20

/**
 * Takes the data folder for this process alone, or says which process has it. The lock is the kernel's, on the open file:
 * it ends with the process however it ends, needs no clean-up, and no reused process number can fake it. The file itself
 * stays for ever; its content only serves messages.
 */
export function holdFolder(file: string): Hold | { heldBy: number | null } {
  const fd = openLocked(file)
  if (fd === null) return { heldBy: readHolder(file)?.pid ?? null }
  const previous = readHolder(file)
  const note = (guard: number | null) => {
    ftruncateSync(fd)
    writeSync(fd, JSON.stringify({ pid: process.pid, guard } satisfies Holder), 0)
  }
  note(null)
  return { previous, noteGuard: note, release: () => closeSync(fd) }
}

/** An open file that carries the lock, or null when somebody else's does. */
function openLocked(file: string): number | null {
  const flags = constants.O_RDWR | constants.O_CREAT
  if (process.platform === 'darwin') {
    try {
      return openSync(file, flags | darwinExclusiveLock | constants.O_NONBLOCK, 0o600)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null
      throw error
    }
  }
  const fd = openSync(file, flags, 0o600)
  // a lock taken by a child on an inherited file belongs to the open file, that is, to us, and outlives the child
  const flock = spawnSync('flock', ['--nonblock', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] })
  if (flock.status === 0) return fd
  closeSync(fd)
  if (flock.error !== undefined) {
    throw new Refusal('The program "flock" is missing. Install the package util-linux and start again.')
  }
  return null
}

function readHolder(file: string): Holder | null {
  try {
    const { pid, guard } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    return typeof pid === 'number' ? { pid, guard: typeof guard === 'number' ? guard : null } : null
  } catch {
    return null
  }
}
