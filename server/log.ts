import pino, { type DestinationStream, type Logger } from 'pino'

/**
 * The process's log. What goes wrong is written down with where and how, and never with what: people's words, names and
 * addresses stay out of it.
 */
export const openLog = (level: string, to: DestinationStream): Logger =>
  pino({ level, serializers: { err: plainError } }, to)

/** Of what an error carries. PostgreSQL's `detail` shows the very row that was refused; `where` and `parameters` are as bad. */
const kept = ['code', 'status', 'statusCode', 'problem', 'table', 'column', 'constraint', 'syscall', 'errno'] as const

function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { type, message, stack } = pino.stdSerializers.err(error)
  const known = error as unknown as Readonly<Record<string, unknown>>
  const more = Object.fromEntries(kept.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])))
  // `invalid input syntax for type bigint: "…"`
  const shown = 'severity' in error ? message.replace(/: ".*"$/su, ': "…"') : message
  return { type, message: shown, stack: stack.replaceAll(message, shown), ...more }
}
