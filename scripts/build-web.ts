import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compressFiles } from './compress-files.ts'

const root = join(import.meta.dirname, '..')
const built = join(root, 'dist', 'web')
const stamp = join(root, 'dist', 'web-built-from.txt')
const sources = [
  'web',
  'contract',
  'vite.config.ts',
  'lingui.config.ts',
  'scripts/compress-files.ts',
  'package-lock.json',
]

/** Everything the web is made from, as one hash: file times say nothing after a clone. */
function hashSources(): string {
  const hash = createHash('sha256')
  const read = (path: string) => hash.update(path).update(readFileSync(join(root, path)))
  for (const source of sources) {
    if (!existsSync(join(root, source))) continue
    if (/\.\w+$/.test(source)) {
      read(source)
      continue
    }
    const files = readdirSync(join(root, source), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    for (const file of files.toSorted()) read(file)
  }
  return hash.digest('hex')
}

function isStale(wanted: string): boolean {
  return !existsSync(join(built, 'index.html')) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted
}

/**
 * Builds the web when its sources changed since the last build. In a process of its own: the builder takes a gigabyte and
 * a server that had built would keep it for as long as it runs.
 */
export async function buildWebIfStale(say: (line: string) => void = () => {}): Promise<void> {
  if (!isStale(hashSources())) return
  say('Building the web …')
  const child = spawn(process.execPath, [import.meta.filename], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // whoever asks may be a test: what is built is the same
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('The web could not be built; the lines above say why.')
}

/** Beside the old one, then in its place. */
async function buildWeb(): Promise<void> {
  const wanted = hashSources()
  if (!isStale(wanted)) return
  const aside = join(root, 'dist', `web.${process.pid}`)
  const { build } = await import('vite')
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: aside, emptyOutDir: true },
  })
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: aside,
      emptyOutDir: false,
      // browsers of the visitors of other people's sites
      target: ['chrome111', 'edge111', 'firefox113', 'safari16.4'],
      lib: {
        entry: join(root, 'web', 'widget', 'main.ts'),
        formats: ['iife'],
        name: 'FichaWidget',
        fileName: () => 'widget.js',
      },
    },
  })
  await compressFiles(aside)
  rmSync(built, { recursive: true, force: true })
  try {
    renameSync(aside, built)
  } catch (error) {
    // a process that started at the same moment was quicker, and built the same
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    rmSync(aside, { recursive: true, force: true })
  }
  writeFileSync(stamp, wanted)
}

if (import.meta.main) await buildWeb()
