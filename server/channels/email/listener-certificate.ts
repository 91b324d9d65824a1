import { execFile } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from '../../deps.ts'

const run = promisify(execFile)

/**
 * Key and certificate of the listener, in one PEM. Made once by `openssl` and kept in the data folder; servers that hand
 * mail over do not look at who signed it, only that nobody reads along. Null: there is no `openssl`, and no encryption.
 */
export async function keepCertificate(dataDir: string, host: string, log: Logger): Promise<string | null> {
  const file = join(dataDir, 'smtp-listener.pem')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const aside = mkdtempSync(join(dataDir, 'certificate-'))
    try {
      const pem = await makeCertificate(aside, host)
      writeFileSync(join(aside, 'both.pem'), pem, { mode: 0o600 })
      // a link never replaces what another process has just made
      linkSync(join(aside, 'both.pem'), file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        log.warn('The mail listener offers no encryption: there is no openssl on this machine to make its certificate.')
        return null
      }
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(aside, { recursive: true, force: true })
    }
  }
  return readFileSync(file, 'utf8')
}

async function makeCertificate(folder: string, host: string): Promise<string> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const name = /^[a-z0-9.-]{1,60}$/i.test(host) ? host : 'ficha'
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await run('openssl', [
    'req',
    '-x509',
    ...curve,
    '-days',
    '3650',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    key,
    '-out',
    certificate,
  ])
  return readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8')
}
