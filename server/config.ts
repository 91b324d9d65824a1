import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Refusal } from './refusal.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** Null: the built-in PostgreSQL below the data folder. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  /** As people and providers reach it, without a slash at the end; null: by the address it listens on. */
  readonly publicUrl: string | null
  /** Signs sessions and tokens, seals the secrets of channels. */
  readonly secret: string
  /** Addresses or networks of the reverse proxy whose forwarding headers are believed. */
  readonly trustedProxy: readonly string[] | null
  readonly smtpUrl: string | null
  readonly smtpListen: { readonly host: string; readonly port: number } | null
  /** Hosts, host:port or networks that outgoing requests may reach though internal. */
  readonly allowInternal: readonly string[]
  /** Where the files of messages lie; null: below the data folder. */
  readonly s3: {
    readonly bucket: string
    /** Before every key; '' or ending with a slash. */
    readonly prefix: string
    /** Null: AWS itself. */
    readonly endpoint: string | null
    readonly region: string
  } | null
  readonly whatsappApi: string
  readonly twilioApi: string
  readonly telegramApi: string
  /** Messenger's and Instagram's. */
  readonly metaApi: string
}

const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
const address = (protocols: RegExp, example: string) =>
  z
    .url({ protocol: protocols, error: `must be an address such as ${example}` })
    .transform((url) => url.replace(/\/+$/, ''))

const environment = z.object({
  PORT: z.coerce
    .number({ error: 'must be a number' })
    .int()
    .min(0)
    .max(65_535, { error: 'must be at most 65535' })
    .default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must be an address such as postgres://user:password@host:5432/ficha' })
    .optional(),
  FICHA_DATA: z.string().min(1).default('./data'),
  FICHA_PUBLIC_URL: address(/^https?$/, 'https://ficha.example.com').optional(),
  FICHA_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  FICHA_TRUSTED_PROXY: z.string().transform(list).optional(),
  FICHA_SMTP_URL: address(/^smtps?$/, 'smtps://user:password@mail.example.com').optional(),
  FICHA_SMTP_LISTEN: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[^:]+):\d{1,5}$|^\d{1,5}$/i, {
      error: 'must be a port or host:port, such as 0.0.0.0:2525',
    })
    .transform((value) => {
      const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(value) ?? []
      return { host: (host ?? '127.0.0.1').replace(/^\[|\]$/g, ''), port: Number(port) }
    })
    .optional(),
  FICHA_ALLOW_INTERNAL: z.string().transform(list).optional(),
  FICHA_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w./-]+)?$/i, { error: 'must be a bucket, or bucket/folder' })
    .optional(),
  FICHA_S3_ENDPOINT: address(/^https?$/, 'https://s3.example.com').optional(),
  FICHA_S3_REGION: z.string().min(1).optional(),
  FICHA_WHATSAPP_API: address(/^https?$/, 'https://graph.facebook.com').default('https://graph.facebook.com'),
  FICHA_TWILIO_API: address(/^https?$/, 'https://api.twilio.com').default('https://api.twilio.com'),
  FICHA_TELEGRAM_API: address(/^https?$/, 'https://api.telegram.org').default('https://api.telegram.org'),
  FICHA_META_API: address(/^https?$/, 'https://graph.facebook.com').default('https://graph.facebook.com'),
})

/** Reads the environment once; every wrong variable is named in one sentence, and nothing starts. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new Refusal(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`).join('\n'))
  }
  const values = parsed.data
  const dataDir = resolve(values.FICHA_DATA)
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir,
    publicUrl: values.FICHA_PUBLIC_URL ?? null,
    secret: values.FICHA_SECRET ?? keepSecret(dataDir),
    trustedProxy: values.FICHA_TRUSTED_PROXY ?? null,
    smtpUrl: values.FICHA_SMTP_URL ?? null,
    smtpListen: values.FICHA_SMTP_LISTEN ?? null,
    allowInternal: values.FICHA_ALLOW_INTERNAL ?? [],
    s3: s3Of(values),
    whatsappApi: values.FICHA_WHATSAPP_API,
    twilioApi: values.FICHA_TWILIO_API,
    telegramApi: values.FICHA_TELEGRAM_API,
    metaApi: values.FICHA_META_API,
  }
}

function s3Of(values: z.infer<typeof environment>): Config['s3'] {
  if (values.FICHA_S3_BUCKET === undefined) return null
  const [bucket = '', ...folders] = values.FICHA_S3_BUCKET.split('/').filter((part) => part !== '')
  return {
    bucket,
    prefix: folders.map((folder) => `${folder}/`).join(''),
    endpoint: values.FICHA_S3_ENDPOINT ?? null,
    region: values.FICHA_S3_REGION ?? 'us-east-1',
  }
}

/**
 * The secret made on the first run, in a file only its owner reads. Servers on several machines share one database but not
 * this folder: they are given FICHA_SECRET, and a wrong one is found out at the start (see db/check-secret.ts).
 */
function keepSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) {
    const aside = `${file}.${process.pid}`
    writeFileSync(aside, randomBytes(32).toString('base64url'), { mode: 0o600 })
    try {
      // a link, unlike a rename, never replaces the secret another process has just made
      linkSync(aside, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(aside)
    }
  }
  return readFileSync(file, 'utf8').trim()
}
