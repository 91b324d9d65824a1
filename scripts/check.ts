import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** `npm run check`: everything that can be said about the sources without running them. What fails shows its output. */
const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const script = (name: string, ...args: string[]) => [process.execPath, join(root, 'scripts', name), ...args]

const steps: { name: string; command: string[] }[] = [
  { name: 'types', command: [bin('tsc')] },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
  { name: 'architecture', command: script('check-architecture.ts') },
  { name: 'dead code', command: [bin('knip')] },
  { name: 'generated files', command: script('generate.ts', '--verify') },
  { name: 'messages', command: script('check-messages.ts') },
  { name: 'promises', command: script('check-promises.ts') },
  { name: 'lock file', command: script('check-lock.ts') },
]

interface Outcome {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

function run({ name, command }: (typeof steps)[number]): Promise<Outcome> {
  const start = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command[0] ?? '', command.slice(1), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    child.on('error', (error) => (output += error.message))
    child.on('close', (status) =>
      resolve({ name, ok: status === 0, seconds: (performance.now() - start) / 1000, output }),
    )
  })
}

const outcomes: Outcome[] = []
const waiting = [...steps]
await Promise.all(
  [1, 2].map(async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) outcomes.push(await run(step))
  }),
)
for (const { name, output } of outcomes.filter(({ ok }) => !ok)) console.log(`\n== ${name}\n${output.trim()}\n`)
for (const { name } of steps) {
  const outcome = outcomes.find((one) => one.name === name)
  console.log(`${outcome?.ok === true ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${outcome?.seconds.toFixed(1)} s`)
}
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1
