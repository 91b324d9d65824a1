import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { buildWebIfStale } from './build-web.ts'

/**
 * `npm run dev`: the server restarts when its sources change, the web reloads in the browser (http://127.0.0.1:5173), and
 * the workspace is filled with the sample company on the first run.
 */
const root = join(import.meta.dirname, '..')
const run = (program: string, args: string[], env: Record<string, string> = {}): ChildProcess =>
  spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })

// the chat for other people's sites comes from there; what is built is not built again while one works
await buildWebIfStale(console.log)
const children = [
  run(process.execPath, ['--watch-path=server', '--watch-path=contract', 'server/main.ts'], { FICHA_LOG: 'info' }),
  run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js')]),
]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
