import { createHash, timingSafeEqual } from 'node:crypto'
import type { WebhookCall, WebhookVerdict } from '../adapter.ts'
import { readJson } from '../read-json.ts'
import { readEnvelope } from './envelope.ts'
import type { CustomLine } from './settings.ts'
import { bearerOf } from './token.ts'

/** Is this call the integrator's? Its bearer token says so; only then is the body looked at, and told back what is wrong with it. */
export function verifyCall(line: CustomLine, call: WebhookCall): WebhookVerdict {
  const token = line.secrets?.['apiToken'] ?? ''
  const given = bearerOf(call.headers['authorization'])
  if (token === '' || given === null || !isSame(given, token))
    return { accept: false, status: 401, reason: 'The token is missing or is not this channel’s.' }
  if (call.method !== 'POST') return { accept: false, status: 400, reason: 'Send events by POST.' }
  const read = readEnvelope(readJson(call.rawBody), line)
  return 'problem' in read
    ? { accept: false, status: 400, reason: read.problem }
    : { accept: true, reply: { status: 'ok' } }
}

// digests are of one length, whatever was given
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
const digest = (text: string) => createHash('sha256').update(text).digest()
