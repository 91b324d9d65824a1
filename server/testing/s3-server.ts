import { mkdtempSync, readdirSync, rmSync, type Dirent } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from '@20minutes/s3rver'
import type { Config } from '../config.ts'

export interface S3Server {
  /** What to set a server to. */
  readonly settings: NonNullable<Config['s3']>
  /** The keys that are in the bucket now, in order. */
  keys(): string[]
  /** It is not there for a while. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

const bucket = 'ficha'

/** An S3-compatible server that checks every request's signature. Its one account is what AWS's client is told here. */
export async function startS3Server(): Promise<S3Server> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' })
  const directory = mkdtempSync(join(tmpdir(), 'ficha-s3-'))
  const start = async (port: number) => {
    const started = new S3rver({
      address: '127.0.0.1',
      port,
      silent: true,
      directory,
      configureBuckets: [{ name: bucket }],
    })
    return { started, port: (await started.run()).port }
  }
  let running: Awaited<ReturnType<typeof start>> | null = await start(0)
  const { port } = running
  return {
    settings: { bucket, prefix: 'ficha/', endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' },
    keys: () =>
      readdirSync(join(directory, bucket), { recursive: true, withFileTypes: true })
        .filter((entry: Dirent) => entry.isFile() && entry.name.endsWith('._S3rver_object'))
        .map(({ parentPath, name }) => join(parentPath, name).slice(join(directory, bucket).length + 1))
        .map((path) => path.replace(/\._S3rver_object$/, ''))
        .toSorted(),
    async goAway() {
      await running?.started.close()
      running = null
    },
    async comeBack() {
      running ??= await start(port)
    },
    async close() {
      await running?.started.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
