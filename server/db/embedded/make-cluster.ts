import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { startProgram } from './start-program.ts'
import type { Binaries } from './find-binaries.ts'
import type { Runner } from './choose-runner.ts'

/**
 * Makes a new database cluster. It grows under another name and is renamed when complete, so that a first start which was
 * interrupted never spoils the second; what such a start left behind is removed. Text compares byte by byte and folds by
 * Unicode's own rules, whatever the machine's locale is.
 */
export async function makeCluster(cluster: string, binaries: Binaries, runner: Runner, fsync: boolean): Promise<void> {
  const parent = dirname(cluster)
  const prefix = `${basename(cluster)}.tmp-`
  for (const left of readdirSync(parent).filter((name) => name.startsWith(prefix))) {
    rmSync(join(parent, left), { recursive: true, force: true })
  }
  const growing = mkdtempSync(join(parent, prefix))
  chmodSync(growing, 0o700)
  if (runner.user !== null) chownSync(growing, runner.user.uid, runner.user.gid)
  const { child, lastLines } = startProgram(binaries, runner, 'KILL', 'initdb', growing, [
    '--username=ficha',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(fsync ? [] : ['--no-sync']),
  ])
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (status !== 0) throw new Error(`The database could not be made: ${lastLines().join('\n')}`)
  renameSync(growing, cluster)
  if (fsync) {
    const folder = openSync(parent, 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
}
