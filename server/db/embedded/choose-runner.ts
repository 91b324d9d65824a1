import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync, cpSync, chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../refusal.ts'
import type { Binaries } from './find-binaries.ts'

/** How PostgreSQL's programs are started, which refuse to run as root. */
export interface Runner {
  native: string
  /** Words put before a program. The signal is what the kernel sends it when this process dies. */
  before(signal: 'INT' | 'KILL'): string[]
  /** Whether the kernel really sends it. */
  diesWithUs: boolean
  /** Another user it runs as, who must own the files; null: whoever runs us. */
  user: { uid: number; gid: number } | null
}

/** Root's two ways: as itself under another number (`namespace`), or as another user (`user`). */
export type RootMode = 'namespace' | 'user'

const nobody = 65_534
const works = (command: string[]): boolean =>
  spawnSync(command[0] as string, command.slice(1), { stdio: 'ignore' }).status === 0

/**
 * Finds a way that works here. `owner` is whom an existing cluster belongs to; `folder` must be reachable.
 * A user namespace leaves the files root's own and works below closed home folders; containers often forbid it.
 */
export function chooseRunner(
  binaries: Binaries,
  folder: string,
  owner: { uid: number; gid: number } | null,
  rootMode?: RootMode,
): Runner {
  const setpriv = (signal: string) => ['setpriv', '--pdeathsig', signal, '--']
  const dies = process.platform === 'linux' && works([...setpriv('INT'), 'true'])
  if (process.getuid?.() !== 0) {
    return { native: binaries.native, before: (signal) => (dies ? setpriv(signal) : []), diesWithUs: dies, user: null }
  }
  const namespace = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--']
  const ownedByRoot = owner === null || owner.uid === 0
  if (rootMode !== 'user' && ownedByRoot && dies && canRun(namespace, binaries.native, folder)) {
    return {
      native: binaries.native,
      before: (signal) => [...namespace, ...setpriv(signal)],
      diesWithUs: true,
      user: null,
    }
  }
  if (rootMode === 'namespace' || !dies) {
    throw new Refusal(
      'Ficha runs as root here, where PostgreSQL refuses to run and neither "unshare" nor "setpriv" (package util-linux) ' +
        'can help. Start Ficha as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
    )
  }
  const user = ownedByRoot ? { uid: nobody, gid: nobody } : owner
  const become = ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  return {
    native: readableCopy(binaries, [...become, '--']),
    before: (signal) => [...become, '--pdeathsig', signal, '--'],
    diesWithUs: true,
    user,
  }
}

const canRun = (before: string[], native: string, folder: string): boolean =>
  works([...before, join(native, 'bin', 'postgres'), '--version']) && works([...before, 'test', '-x', folder])

/** The programs themselves where that user can run them, else a copy in a place only root writes to. */
function readableCopy(binaries: Binaries, become: string[]): string {
  const runs = (native: string) => works([...become, join(native, 'bin', 'postgres'), '--version'])
  if (runs(binaries.native)) return binaries.native
  const copy = `/var/lib/ficha/postgres-${binaries.version}`
  if (!existsSync(copy)) {
    const temporary = `${copy}.${process.pid}`
    mkdirSync('/var/lib/ficha', { recursive: true, mode: 0o755 })
    cpSync(binaries.native, temporary, { recursive: true, verbatimSymlinks: true })
    chmodSync(temporary, 0o755)
    try {
      renameSync(temporary, copy)
    } catch {
      // another process was quicker
      rmSync(temporary, { recursive: true, force: true })
    }
  }
  if (!runs(copy)) throw new Refusal(`PostgreSQL's programs in ${copy} do not run. Start Ficha as an ordinary user.`)
  return copy
}
