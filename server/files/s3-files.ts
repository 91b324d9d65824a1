import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Config } from '../config.ts'
import { StoreAway } from '../http/store-away.ts'
import { FileMissing, keyOf, type Content, type FileStore } from './file-store.ts'

const nothing = () => undefined
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

type Sdk = typeof import('@aws-sdk/client-s3')
type S3Settings = NonNullable<Config['s3']>

/**
 * In a bucket of any S3-compatible store, by AWS's own client, which is loaded when it is first needed. Credentials come the
 * way that client looks for them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the machine's role.
 */
export function openS3Files({ bucket, prefix, endpoint, region }: S3Settings): FileStore {
  const keyIn = (...key: Parameters<typeof keyOf>) => ({ Bucket: bucket, Key: prefix + keyOf(...key) })
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | undefined
  const open = async () => {
    const sdk = await import('@aws-sdk/client-s3')
    const client = new sdk.S3Client({
      region,
      ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
      // not every compatible store knows the newer ones
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
      // what it has to say comes with the error
      logger: silent,
      requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 },
    })
    return { sdk, client }
  }
  /** Whatever the store does not answer is its being away; that there is no such key is an answer. */
  async function asking<T>(ask: (at: { sdk: Sdk; client: S3Client }) => Promise<T>): Promise<T | null> {
    try {
      opened ??= open()
      return await ask(await opened)
    } catch (error) {
      const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
      if (name === 'NoSuchKey' || (name === 'NotFound' && $metadata?.httpStatusCode === 404)) return null
      throw new StoreAway(`the bucket ${bucket} does not answer: ${name}`, { cause: error })
    }
  }
  return {
    async put(workspaceId, id, content, form) {
      await asking(async ({ sdk, client }) => {
        const body = bodyOf(content)
        await client.send(new sdk.PutObjectCommand({ ...keyIn(workspaceId, id, form), ...body }))
      })
      if (!Buffer.isBuffer(content)) await rm(content.path, { force: true })
    },
    async read(workspaceId, id) {
      const bytes = await asking(async ({ sdk, client }) => {
        const { Body } = await client.send(new sdk.GetObjectCommand(keyIn(workspaceId, id)))
        return Body!.transformToByteArray()
      })
      if (bytes === null) throw new FileMissing(id)
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },
    async stream(workspaceId, id, { range, form } = {}) {
      return asking(async ({ sdk, client }) => {
        const part = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }
        const found = await client.send(new sdk.GetObjectCommand({ ...keyIn(workspaceId, id, form), ...part }))
        return { size: found.ContentLength ?? 0, content: found.Body as Readable }
      })
    },
    async remove(workspaceId, id) {
      await asking(async ({ sdk, client }) => {
        for (const form of ['whole', 'small'] as const)
          await client.send(new sdk.DeleteObjectCommand(keyIn(workspaceId, id, form)))
      })
    },
  }
}

function bodyOf(content: Content): { Body: Buffer | Readable; ContentLength: number } {
  return Buffer.isBuffer(content)
    ? { Body: content, ContentLength: content.length }
    : { Body: createReadStream(content.path), ContentLength: content.size }
}
