import { join } from 'node:path'
import { build, buildIfStale, root, type Product } from './build-if-stale.ts'
import { compressFiles } from './compress-files.ts'

const web: Product = {
  name: 'web',
  program: import.meta.filename,
  sources: [
    'web',
    'contract',
    'vite.config.ts',
    'lingui.config.ts',
    'scripts/build-if-stale.ts',
    'scripts/build-web.ts',
    'scripts/compress-files.ts',
    'package-lock.json',
  ],
  main: 'index.html',
}

export const buildWebIfStale = (say: (line: string) => void = () => {}): Promise<void> => buildIfStale(web, say)

async function buildWeb(outDir: string): Promise<void> {
  const vite = await import('vite')
  await vite.build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
  await vite.build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
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
  await compressFiles(outDir)
}

if (import.meta.main) await build(web, buildWeb)
