import { join } from 'node:path'
import { build, buildIfStale, root, type Product } from './build-if-stale.ts'

const server: Product = {
  name: 'server',
  program: import.meta.filename,
  sources: ['server', 'contract', 'scripts/build-if-stale.ts', 'scripts/build-server.ts', 'package-lock.json'],
  main: 'main.js',
}

/** Parts of their own: programs of the machine, and what nobody has unless they installed it. */
const apart = ['sharp', 'pg-native', 'better-sqlite3']

export const buildServerIfStale = (say: (line: string) => void = () => {}): Promise<void> => buildIfStale(server, say)

/** The folder below node_modules that a file belongs to, as the name of a file. */
function packageOf(path: string): string | null {
  const [, name] = [...path.matchAll(/[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/g)].at(-1) ?? []
  return name?.replace('@', '').replace(/[\\/]/, '-') ?? null
}

/**
 * What `npm start` runs, without types, comments and a thousand small files; see
 * docs/decisions/0026-the-server-is-built.md. What it says of its own names and lines stays readable.
 */
async function buildServer(dir: string): Promise<void> {
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    input: { main: join(root, 'server', 'main.ts') },
    cwd: root,
    platform: 'node',
    tsconfig: false,
    external: apart,
  })
  await bundle.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // a file for each package: one large file would leave its bytes behind in the process that has read it
    codeSplitting: { groups: [{ name: packageOf, debugName: 'package' }] },
    comments: false,
    // one other character, and V8 keeps the file at two bytes for each
    charset: 'ascii',
    // what is named twice gets another name in the file; errors tell of theirs
    keepNames: true,
  })
  await bundle.close()
}

if (import.meta.main) await build(server, buildServer)
