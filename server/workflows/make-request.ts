import type { OutgoingOptions } from '../http/outgoing.ts'
import { asJson, fillText, type Filling } from './fill-text.ts'
import { headersOf, type WorkflowSecrets } from './secrets.ts'
import type { StepOf } from './stepping.ts'

/** More is not read of an answer. */
const mostBytes = 256 * 1024
/** Of a value that is saved. */
const mostLetters = 2000

/**
 * A step's request with its places filled, each as it must be written where it stands; null where a secret is missing. Whatever
 * is filled in stays within its part: neither the host, nor another header, nor another field of the JSON can come of it.
 */
export function makeRequest(
  step: StepOf<'http'>,
  secrets: WorkflowSecrets,
  filling: Filling,
  key: string,
): { url: string; options: OutgoingOptions } | null {
  const headers = headersOf(step, secrets)
  if (headers === null) return null
  const named = headers.map(({ name, value, secret }) => [
    name.toLowerCase(),
    secret ? value : fillText(value, filling, oneLine),
  ])
  const body = step.body === null ? undefined : fillText(step.body, filling, asJson)
  return {
    url: fillText(step.url, filling, encodeURIComponent),
    options: {
      method: step.method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(Object.fromEntries(named) as Record<string, string>),
        'idempotency-key': key,
      },
      ...(body === undefined ? {} : { body }),
      totalMs: step.timeoutSeconds * 1000,
      maxBytes: mostBytes,
    },
  }
}

/** Header values are one line of bytes. */
const oneLine = (value: string) =>
  encodeURI(value.replace(/[\p{Cc}\s]+/gu, ' ').trim())
    .replaceAll('%20', ' ')
    .replaceAll('%25', '%')

/** The values that a step saves of an answer: text, numbers and flags; what is not there is left out. */
export function valuesOf(
  { save }: Pick<StepOf<'http'>, 'save'>,
  { status, body }: { status: number; body: Buffer },
): Record<string, string> {
  if (save.length === 0) return {}
  const read = readJson(body)
  const found = save.flatMap(({ path, as }) => {
    const value = partOf(read, path.split('.')) ?? (path === 'status' ? status : undefined)
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isPlain ? [[as, String(value).toWellFormed().replaceAll('\u0000', '').slice(0, mostLetters)]] : []
  })
  return Object.fromEntries(found) as Record<string, string>
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}

function partOf(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return partOf((value as Record<string, unknown>)[name], rest)
}
