import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a live process was started with this word on its command line. A number that was reused, or a zombie, was not. */
export function wasStartedWith(pid: number, word: string): boolean {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(word)
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word)
  } catch {
    return false
  }
}
