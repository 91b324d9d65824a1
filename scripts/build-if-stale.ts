import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** A folder below `dist` that is made from sources. */
export interface Product {
  readonly name: 'web' | 'server'
  /** The script that builds it. */
  readonly program: string
  /** The files and folders it is made from, from the root. */
  readonly sources: readonly string[]
  /** A file of the folder; where it is missing, nothing was built. */
  readonly main: string
}

const folderOf = ({ name }: Product) => join(root, 'dist', name)
const stampOf = ({ name }: Product) => join(root, 'dist', `${name}-built-from.txt`)
const isTest = (path: string) => /\.(test|long)\.|[\\/]testing[\\/]/.test(path)

/** Everything a product is made from, as one hash: file times say nothing after a clone. */
function hashSources({ sources }: Product): string {
  const hash = createHash('sha256')
  const read = (path: string) => hash.update(path).update(readFileSync(join(root, path)))
  for (const source of sources) {
    if (!existsSync(join(root, source))) continue
    if (statSync(join(root, source)).isFile()) {
      read(source)
      continue
    }
    const files = readdirSync(join(root, source), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((path) => !isTest(path))
    for (const file of files.toSorted()) read(file)
  }
  return hash.digest('hex')
}

function isStale(product: Product, wanted: string): boolean {
  const stamp = stampOf(product)
  if (!existsSync(join(folderOf(product), product.main)) || !existsSync(stamp)) return true
  return readFileSync(stamp, 'utf8') !== wanted
}

/**
 * Builds what has changed since the last time. In a process of its own: a builder takes up to a gigabyte, and whoever asked
 * would keep it for as long as it runs.
 */
export async function buildIfStale(product: Product, say: (line: string) => void): Promise<void> {
  if (!isStale(product, hashSources(product))) return
  say(`Building the ${product.name} …`)
  const child = spawn(process.execPath, [product.program], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // whoever asks may be a test: what is built is the same
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The ${product.name} could not be built; the lines above say why.`)
}

/**
 * Beside the old one, then in its place. Of two processes that build at once, the slower one throws its own away: a server
 * may already run from what the other put there, which is the same.
 */
export async function build(product: Product, into: (folder: string) => Promise<void>): Promise<void> {
  const wanted = hashSources(product)
  if (!isStale(product, wanted)) return
  const built = folderOf(product)
  const aside = `${built}.${process.pid}`
  try {
    await into(aside)
    if (!isStale(product, wanted)) return
    rmSync(built, { recursive: true, force: true })
    renameSync(aside, built)
    writeFileSync(stampOf(product), wanted)
  } catch (error) {
    // in the very same moment
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
