import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Binaries } from './find-binaries.ts'
import type { Runner } from './choose-runner.ts'

export interface Program {
  child: ChildProcess
  /** The last lines it printed. */
  lastLines(): string[]
}

/**
 * Starts one of PostgreSQL's programs on a folder, in a session of its own, so that Ctrl-C reaches us alone and we stop it
 * in order. Another user is handed the folder as an open file: it needs no way through our closed folders to it.
 * Its environment is empty but for what it needs: no secret of ours, no PG… variable.
 */
export function startProgram(
  binaries: Binaries,
  runner: Runner,
  signal: 'INT' | 'KILL',
  name: 'postgres' | 'initdb',
  folder: string,
  args: string[],
  options: { log?: (line: string) => void; env?: Record<string, string> } = {},
): Program {
  const byHandle = runner.user !== null
  const words = [
    ...runner.before(signal),
    join(runner.native, 'bin', name),
    '-D',
    byHandle ? '/proc/self/fd/3' : folder,
    ...args,
  ]
  const handle = byHandle ? openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY) : null
  const child = spawn(words[0] as string, words.slice(1), {
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', ...(handle === null ? [] : [handle])],
    env: {
      PATH: process.env['PATH'],
      LC_ALL: 'C',
      ...(binaries.links === null ? {} : { LD_LIBRARY_PATH: binaries.links, DYLD_LIBRARY_PATH: binaries.links }),
      ...options.env,
    },
  })
  if (handle !== null) closeSync(handle)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > 20) lines.shift()
      options.log?.(line)
    })
  }
  return { child, lastLines: () => lines }
}
